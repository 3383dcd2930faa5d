/** The touches of an enrollment in a row: used or not, with their pictures where the account may see them. */

import type { EnrollmentTouch } from '../../../../src/exports/whorl/client/browser.ts';
import { Icon } from '../../parts/icon.tsx';
import { Thumbnail } from '../../sample/live-sample.tsx';
import type { SampleWatch } from '../../sample/sample-watch.ts';
import { t } from '../../words/catalogue.ts';
import { rejectWords } from '../../words/reject-words.ts';

/** The latest that are shown. */
const MOST = 10;

export interface TouchesProps {
  readonly touches: readonly EnrollmentTouch[];
  readonly watch: SampleWatch;
}

export function Touches({ touches, watch }: TouchesProps) {
  if (touches.length === 0) return null;
  const pictures = watch.recent.value.filter(({ operation }) => operation === 'enroll-capture');
  const shown = touches.slice(-MOST);
  return (
    <ol class="touches" aria-label={t('stage.touches')} data-shown={watch.count.value}>
      {shown.map((touch, i) => {
        const { number, kind } = touch;
        // The last picture belongs to the last touch, and so on backwards.
        const image = pictures[pictures.length - (shown.length - i)]?.picture?.image;
        const words = kind === 'used' ? t('stage.used') : rejectWords(touch.rejectDetail ?? 0, touch.report).reason;
        const label = t('stage.touchNumber', { count: number, words });
        return (
          <li key={number} class={kind === 'used' ? '' : 'poor'} title={label}>
            {image === undefined ? (
              <i role="img" aria-label={label} class="no-picture">
                {number}
              </i>
            ) : (
              <Thumbnail image={image} label={label} />
            )}
            <span aria-hidden="true">
              <Icon name={kind === 'used' ? 'check' : 'close'} />
            </span>
          </li>
        );
      })}
    </ol>
  );
}
