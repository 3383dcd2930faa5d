/** The button that opens the search over everything; the search itself is loaded when it is opened. */

import { signal } from '@preact/signals';
import { Icon } from '../parts/icon.tsx';
import { t } from '../words/catalogue.ts';

/** Open while true. */
export const finding = signal(false);

export function Finding() {
  return (
    <button type="button" class="find" aria-haspopup="dialog" onClick={() => (finding.value = true)}>
      <Icon name="search" />
      <span>{t('find.short')}</span>
      <kbd>Ctrl K</kbd>
    </button>
  );
}
