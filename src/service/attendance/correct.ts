/** Times that somebody enters by hand; the lines that readers wrote stay as they are. */

import { BiometricError } from '../../core/biometric-error.ts';
import { identityKey, type OwnerIdentity } from '../../core/identity.ts';
import type { JournalLine } from '../../core/journal-line.ts';
import { S_OK } from '../../core/result-constants.ts';
import { accountFor } from '../access/account-for.ts';
import type { Audit } from '../access/audit.ts';
import type { Journal } from '../journal/journal.ts';
import type { People } from '../people/people.ts';

/** What is entered. */
export interface Correction {
  readonly identity: OwnerIdentity;
  readonly atMs: number;
  readonly reason: string;
  /** Line that is taken back: then nothing else is entered. */
  readonly withdraws?: number;
}

/** Enters a time, or takes one back. Rejects with WHORL_E_NO_SUCH_PERSON, E_INVALIDARG. */
export async function correct(
  { people, journal }: { readonly people: People; readonly journal: Journal },
  audit: Audit,
  { identity, atMs, reason, withdraws }: Correction,
  sid: string,
): Promise<JournalLine> {
  const { name } = await people.get(identity);
  if (withdraws !== undefined) {
    const line = await journal.store.line(withdraws);
    const isOwn = line?.person !== undefined && identityKey(line.person.identity) === identityKey(identity);
    if (line?.kind !== 'corrected' || line.corrects !== undefined || !isOwn) {
      throw new BiometricError('E_INVALIDARG', 'withdraws: give the number of a time that was entered for this person');
    }
  }
  const what = withdraws === undefined ? { correctedMs: Math.round(atMs) } : { corrects: withdraws };
  const entry = { kind: 'corrected', sid, person: { identity, name }, reason, ...what } as const;
  const [line] = await accountFor(
    audit,
    { action: 'journal-correct', sid, hresult: S_OK, owner: identityKey(identity) },
    () => journal.write(entry),
  );
  if (line === undefined) throw new BiometricError('WHORL_E_CONNECTION_LOST', 'the service is closing');
  return line;
}
