/** `whorl events`: arrivals and removals of units, unclaimed touches, and requests of clients, as they happen. */

import { setTimeout as pause } from 'node:timers/promises';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import { codeName } from '../../core/codes.ts';
import { WINBIO_EVENT_ERROR } from '../../core/constants.ts';
import { WHORL_E_DEADLINE, WINBIO_E_CANCELED } from '../../core/result-constants.ts';
import {
  type AdministrationClient,
  fingerName,
  type UnclaimedEvent,
  type UnitId,
  type WhorlService,
} from '../../exports/whorl/index.ts';
import { rejection } from '../fingers/identify.ts';
import { type NameOwner, ownerNames } from '../fingers/names.ts';
import { onSession, type SessionCommandOptions, tell } from '../fingers/on-session.ts';
import { withFingers } from '../print.ts';

export interface EventsOptions extends SessionCommandOptions {
  /** Capture while no operation does, and identify the fingers. */
  readonly touches?: boolean;
  /** Every answered request; administrators only. */
  readonly requests?: boolean;
}

/** Ctrl+C and `--seconds` end the listening, which is no fault. */
const ENDS: ReadonlySet<number> = new Set([WINBIO_E_CANCELED, WHORL_E_DEADLINE]);
/** Interval between questions for answered requests. */
const POLL_MS = 500;

/** Prints one line per event until Ctrl+C or `--seconds`: a sentence, or its fields as JSON. */
export async function events(options: EventsOptions): Promise<void> {
  if (options.reader !== undefined && options.touches !== true) {
    throw new BiometricError('E_INVALIDARG', '--reader: chooses among touches; add --touches');
  }
  const { json } = options;
  const nameOf = await ownerNames();
  await onSession(options, [], async ({ service, session, signal }) => {
    tell('waiting for events; stop with Ctrl+C');
    const reader = await readerNames(service);
    const streams = [
      follow(service.unitChanges({ signal }), async ({ kind, unitId }) => {
        const words = kind === 'unit-arrival' ? 'was attached' : 'was removed';
        line(json, { event: kind, unitId }, `${await reader(unitId)} ${words}`);
      }),
    ];
    if (options.touches === true) {
      const touches = session.unclaimedSamples({ signal, identify: true });
      streams.push(
        follow(touches, async (event) => {
          const whose = touchInWords(event, nameOf);
          line(json, { event: 'touch', ...event }, `${await reader(event.unitId)} was touched: ${whose}`);
        }),
      );
    }
    if (options.requests === true) {
      const requests = answered(service.administration, signal);
      streams.push(
        follow(requests, async (request) => {
          const { event, code, ms, sid, unitId } = request;
          const where = unitId === undefined ? '' : ` at ${await reader(unitId)}`;
          line(json, request, `${event} of ${nameOf({ type: 'sid', sid })}${where}: ${code} in ${ms} ms`);
        }),
      );
    }
    await Promise.all(streams);
  });
}

function touchInWords({ identity, subFactor, rejectDetail, ...event }: UnclaimedEvent, nameOf: NameOwner): string {
  if (rejectDetail !== undefined && rejectDetail !== 0) return `not used, ${rejection(rejectDetail)}`;
  if (event.type === WINBIO_EVENT_ERROR) return 'the capture failed';
  if (identity.type !== 'sid' && identity.type !== 'guid') return 'a finger that is not enrolled';
  return `${fingerName(subFactor)} of ${nameOf(identity)}`;
}

/** Names units, also one that has just been removed. */
async function readerNames(service: WhorlService): Promise<(unitId: UnitId) => Promise<string>> {
  const known = new Map<UnitId, string>();
  const learn = async () => {
    for (const { unitId, name } of await service.units()) known.set(unitId, `reader ${name} (unit ${unitId})`);
  };
  await learn();
  return async (unitId) => {
    if (!known.has(unitId)) await learn();
    return known.get(unitId) ?? `unit ${unitId}`;
  };
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

async function follow<T>(stream: AsyncIterable<T>, show: (event: T) => Promise<void>): Promise<void> {
  try {
    for await (const event of stream) await show(event);
  } catch (thrown) {
    if (!ENDS.has(hresultOf(thrown))) throw thrown;
  }
}

function line(json: boolean | undefined, event: object, words: string): void {
  const text = json === true ? JSON.stringify(event, withFingers) : `${new Date().toISOString()} ${words}`;
  process.stdout.write(`${text}\n`);
}
