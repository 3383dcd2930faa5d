/** `whorl events`: units that come and go, and touches nobody asked for, as they happen. */

import { hresultOf } from '../../core/biometric-error.ts';
import { WINBIO_E_CANCELED } from '../../core/result-constants.ts';
import { onSession, type SessionCommandOptions, tell } from '../fingers/on-session.ts';

export interface EventsOptions extends SessionCommandOptions {
  /** Capture while nobody else does, and say whose fingers they are. */
  readonly touches?: boolean;
}

/** Prints one line an event until Ctrl+C or `--seconds`. */
export async function events(options: EventsOptions): Promise<void> {
  await onSession(options, [], async ({ service, session, signal }) => {
    tell('waiting for events; stop with Ctrl+C');
    const streams = [
      follow(service.unitChanges({ signal }), ({ kind, unitId }) => line(options.json, { event: kind, unitId })),
    ];
    if (options.touches === true) {
      const touches = session.unclaimedSamples({ signal, identify: true });
      streams.push(follow(touches, (event) => line(options.json, { event: 'touch', ...event })));
    }
    await Promise.all(streams);
  });
}

async function follow<T>(stream: AsyncIterable<T>, show: (event: T) => void): Promise<void> {
  try {
    for await (const event of stream) show(event);
  } catch (thrown) {
    if (hresultOf(thrown) !== WINBIO_E_CANCELED) throw thrown;
  }
}

function line(json: boolean | undefined, event: Readonly<Record<string, unknown>>): void {
  const text = Object.entries(event).map(([name, value]) =>
    name === 'event' ? value : `${name} ${JSON.stringify(value)}`,
  );
  process.stdout.write(
    json === true ? `${JSON.stringify(event)}\n` : `${new Date().toISOString()} ${text.join(' ')}\n`,
  );
}
