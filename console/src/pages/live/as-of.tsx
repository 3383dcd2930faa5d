/** Says how old the numbers beside it are, once they may be wrong. */

import { Chip } from '../../parts/chip.tsx';
import type { ConnectedService } from '../../service/connected-service.ts';
import { t } from '../../words/catalogue.ts';
import { secondsText } from '../../words/formats.ts';

export function AsOf({ service }: { readonly service: ConnectedService }) {
  const { pulse, lastMs } = service.heartbeat;
  const isFresh = !service.lost.aborted && (pulse.value === 'answers' || pulse.value === 'late');
  if (isFresh) return null;
  return (
    <Chip mood="warn" icon="clock">
      {t('pulse.asOfShort', { time: secondsText(lastMs.value) })}
    </Chip>
  );
}
