/** `whorl events`: arrivals and removals of units, unclaimed touches, and requests of clients, as they happen. */

import { setTimeout as pause } from 'node:timers/promises';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import { codeName } from '../../core/codes.ts';
import { WINBIO_E_CANCELED } from '../../core/result-constants.ts';
import type { AdministrationClient } from '../../exports/whorl/index.ts';
import { onSession, type SessionCommandOptions, tell } from '../fingers/on-session.ts';
import { withFingers } from '../print.ts';

export interface EventsOptions extends SessionCommandOptions {
  /** Capture while no operation does, and identify the fingers. */
  readonly touches?: boolean;
  /** Every answered request; administrators only. */
  readonly requests?: boolean;
}

/** Interval between questions for answered requests. */
const POLL_MS = 500;

/** Prints one line per event until Ctrl+C or `--seconds`. */
export async function events(options: EventsOptions): Promise<void> {
  if (options.reader !== undefined && options.touches !== true) {
    throw new BiometricError('E_INVALIDARG', '--reader: chooses among touches; add --touches');
  }
  await onSession(options, [], async ({ service, session, signal }) => {
    tell('waiting for events; stop with Ctrl+C');
    const streams = [
      follow(service.unitChanges({ signal }), ({ kind, unitId }) => line(options.json, { event: kind, unitId })),
    ];
    if (options.touches === true) {
      const touches = session.unclaimedSamples({ signal, identify: true });
      streams.push(follow(touches, (event) => line(options.json, { event: 'touch', ...event })));
    }
    if (options.requests === true) {
      streams.push(follow(answered(service.administration, signal), (event) => line(options.json, event)));
    }
    await Promise.all(streams);
  });
}

/** Requests that are answered from now on. */
async function* answered(administration: AdministrationClient, signal: AbortSignal) {
  let after = (await administration.health()).answered.at(-1)?.number ?? 0;
  while (!signal.aborted) {
    for (const request of (await administration.health({ after })).answered) {
      const { number, kind, hresult, unitId, durationMs, sid } = request;
      after = number;
      const ms = Math.round(durationMs * 10) / 10;
      yield { event: kind, code: codeName(hresult), ...(unitId !== 0 && { unitId }), ms, sid };
    }
    await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
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
    json === true ? `${JSON.stringify(event, withFingers)}\n` : `${new Date().toISOString()} ${text.join(' ')}\n`,
  );
}
