/** Says that the service does not answer, or that the connection is gone; offers to try at once. */

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Connection } from '../connection/connection.ts';
import { Alert, Fault } from '../parts/alert.tsx';
import { nowMs } from '../service/clock.ts';
import { t } from '../words/catalogue.ts';
import { secondsText, spanText } from '../words/formats.ts';

/** The connection of the page, for what is deep inside of it. */
export const LinkContext = createContext<Connection | undefined>(undefined);
/** Only its state: pages are drawn anew when it changes. */
export const ConnectionContext = createContext<'connecting' | 'connected' | 'lost' | 'refused'>('connecting');

export function ServiceAlert() {
  const connection = useContext(LinkContext);
  const state = connection?.state.value;
  if (connection === undefined || state === undefined) return null;
  const again = (
    <button type="button" class="btn small" onClick={() => connection.retry()}>
      {t('connection.tryNow')}
    </button>
  );
  if (state.kind === 'lost') return <Fault words={state.words} actions={again} />;
  if (state.kind !== 'connected') return null;
  const { pulse, lastMs } = state.service.heartbeat;
  if (pulse.value !== 'stale' && pulse.value !== 'off') return null;
  return (
    <Alert mood="bad" title={t('pulse.silent')} actions={again} arrives>
      <p>{t('pulse.asOf', { time: secondsText(lastMs.value), span: spanText(nowMs.value - lastMs.value) })}</p>
    </Alert>
  );
}
