/** What Live shows while there is nobody: how to begin. */

import { linkTo } from '../../browser/address.ts';
import { Empty } from '../../parts/empty.tsx';
import { GrowingPrint } from '../../parts/growing-print.tsx';
import { Icon } from '../../parts/icon.tsx';
import { t } from '../../words/catalogue.ts';

export function FirstVisit() {
  return (
    <Empty
      title={t('first.title')}
      art={<GrowingPrint isWaiting />}
      actions={
        <>
          <a class="btn primary" href={linkTo('enroll')}>
            <Icon name="add" />
            {t('first.enroll')}
          </a>
          <a class="btn" href={linkTo('readers', [], { add: '1' })}>
            <Icon name="reader" />
            {t('readers.add')}
          </a>
          <a class="btn" href={linkTo('people', [], { import: '1' })}>
            <Icon name="upload" />
            {t('people.import')}
          </a>
        </>
      }
    >
      {t('first.text')}
    </Empty>
  );
}
