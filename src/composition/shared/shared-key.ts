/** All services that share a database seal with the same keys: one that has others is refused before it reads or writes. */

import { timingSafeEqual } from 'node:crypto';
import type { Position } from '../../adapters/shared-history.ts';
import type { SharedLog } from '../../adapters/shared-log.ts';
import { BiometricError, hresultOf } from '../../core/biometric-error.ts';
import { WHORL_E_STALE } from '../../core/result-constants.ts';
import type { Keyring, SealingKey } from '../../storage/sealed/keyring.ts';
import type { KeyStore } from '../state/key-store.ts';

const PURPOSE = 'whorl shared check';
const BEGINNING = { incarnation: '', change: 0, token: '' };

/**
 * Compares the keys with those that the log tells of; the first service tells of its own. Rejects with
 * WHORL_E_KEY_MISSING, and as logs do.
 */
export async function requireSharedKey(log: SharedLog, keys: Keyring): Promise<void> {
  for (let tries = 0; ; tries++) {
    const known = new Map<number, Uint8Array>();
    let position = await log.position();
    for await (const batch of log.since(BEGINNING)) {
      for (const { key, body, position: at } of batch) {
        if (body !== undefined) known.set(Number(key.slice(KEY.length)), body);
        position = at;
      }
    }
    const [newest] = [...known.keys()].slice(-1);
    if (newest !== undefined) {
      const mine = keys.byId(newest);
      if (mine !== undefined && isCheckOf(mine, known.get(newest))) return;
      const text =
        'keys: the other services that share this database have another master key; give this one theirs (keys, or keys/master.keys of its state directory)';
      throw new BiometricError('WHORL_E_KEY_MISSING', text);
    }
    try {
      await tellSharedKey(log, keys.current, position);
    } catch (thrown) {
      if (hresultOf(thrown) !== WHORL_E_STALE || tries > 0) throw thrown;
    }
  }
}

const KEY = 'key/';

/** Tells the others that everything is sealed with this key now. Rejects as logs do. */
export async function tellSharedKey(log: SharedLog, key: SealingKey, checked?: Position): Promise<void> {
  const entry = { key: `${KEY}${key.keyId}`, body: key.derive(PURPOSE) };
  await log.push([entry], { ...(checked && { checked }) });
}

/** New keys come to all services before one seals with them. Throws WHORL_E_CONFIGURATION. */
export function requireSharedRotation(keys: KeyStore): void {
  if (keys.hasOldKeys) return;
  const text =
    'keys: services share this database; put the new key before the old one where each of them has its keys, restart them, then run this at each of them';
  throw new BiometricError('WHORL_E_CONFIGURATION', text);
}

function isCheckOf(key: SealingKey, check: Uint8Array | undefined): boolean {
  const mine = key.derive(PURPOSE);
  return check !== undefined && check.length === mine.length && timingSafeEqual(check, mine);
}
