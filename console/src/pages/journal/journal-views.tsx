/** The two views of the journal: every touch, and attendance. */

import { linkTo } from '../../browser/address.ts';
import { t } from '../../words/catalogue.ts';

export function JournalViews({ view }: { readonly view: 'journal' | 'attendance' }) {
  return (
    <nav class="seg" aria-label={t('journal.views')}>
      <a href={linkTo('journal')} aria-current={view === 'journal' ? 'page' : undefined}>
        {t('journal.everyTouch')}
      </a>
      <a href={linkTo('attendance')} aria-current={view === 'attendance' ? 'page' : undefined}>
        {t('attendance.title')}
      </a>
    </nav>
  );
}
