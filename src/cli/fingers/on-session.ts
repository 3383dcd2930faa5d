/** What commands on a session share: the connection, the session, a way to stop, and how options name things. */

import { ownSid } from '../../composition/accounts/own-account.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { isGuid } from '../../core/guid.ts';
import { isSid } from '../../core/sid.ts';
import {
  connect,
  FINGERS,
  type FingerName,
  type OwnerIdentity,
  type Session,
  type SessionOptions,
  type WhorlService,
} from '../../exports/whorl/index.ts';
import { interruptSignal } from '../interruption.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';

/** Options of such a command. */
export interface SessionCommandOptions extends ServiceCommandOptions {
  /** Database of a private pool to take the units into, instead of sharing the system pool. */
  readonly private?: string;
  /** The one reader to use, by its name or the number of its unit. */
  readonly reader?: string;
  /** The one unit to use. */
  readonly unit?: number;
  /** How long to wait for a finger. Default: until Ctrl+C. */
  readonly seconds?: number;
}

/** A session, and the signal that ends waiting: Ctrl+C, or the time limit. */
export interface SessionAtHand {
  readonly service: WhorlService;
  readonly session: Session;
  readonly signal: AbortSignal;
}

/** Opens a session, works, and closes it. An interrupted command exits with 130, one out of time with 4. */
export async function onSession<T>(
  options: SessionCommandOptions,
  access: readonly ('raw' | 'maintenance')[],
  work: (at: SessionAtHand) => Promise<T>,
): Promise<T> {
  const { address, seconds } = options;
  const readers = readersOf(options);
  await using service = await connect({ ...(address !== undefined && { address }) });
  const common = { access, ...(readers && { readers }) };
  const wish: SessionOptions =
    options.private === undefined ? common : { ...common, pool: 'private', databaseId: options.private };
  await using session = await service.openSession(wish);
  using interruption = interruptSignal();
  const { signal } = interruption;
  if (seconds === undefined) return await work({ service, session, signal });
  const limited = AbortSignal.any([signal, AbortSignal.timeout(1000 * seconds)]);
  try {
    return await work({ service, session, signal: limited });
  } catch (thrown) {
    if (!limited.aborted || signal.aborted) throw thrown;
    throw new BiometricError('WHORL_E_DEADLINE', `nobody touched the reader within ${seconds} s`, { cause: thrown });
  }
}

/** The reader that the options name; undefined for all. Throws E_INVALIDARG. */
function readersOf({ reader, unit }: SessionCommandOptions): SessionOptions['readers'] {
  if (reader !== undefined && unit !== undefined) {
    throw new BiometricError('E_INVALIDARG', 'give --reader or --unit, not both');
  }
  if (reader !== undefined) return [/^\d+$/.test(reader) ? Number(reader) : reader];
  return unit === undefined ? undefined : [unit];
}

/** Tells the person at the reader something, on standard error: standard output is for programs. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** An account by its SID, an owner by its GUID; your account by default. Throws E_INVALIDARG. */
export function identityOf(text: string | undefined): OwnerIdentity {
  if (text === undefined) return { type: 'sid', sid: ownSid() };
  if (isSid(text)) return { type: 'sid', sid: text };
  if (isGuid(text)) return { type: 'guid', guid: text };
  throw new BiometricError('E_INVALIDARG', `--identity: ${text} is neither a SID nor a GUID`);
}

/** A finger by its name. Throws E_INVALIDARG, which lists the ten. */
export function fingerOf(text: string): FingerName {
  if (Object.hasOwn(FINGERS, text)) return text as FingerName;
  throw new BiometricError('E_INVALIDARG', `--finger: ${text} is not one of ${Object.keys(FINGERS).join(', ')}`);
}
