/** How far the state of a service is, in a few numbers: in a file that needs the keys, and in one line for an anchor. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { BiometricError } from '../../core/biometric-error.ts';
import type { Keyring } from '../../storage/sealed/keyring.ts';
import { readAuthenticated, writeAuthenticated } from './authenticated-file.ts';

const natural = z.int().min(0);
const head = z.strictObject({
  /** Rises each time the head is written. */
  counter: natural,
  /** The ledger: its last code stands for all records that were stored and deleted. */
  ledger: z.strictObject({ generation: natural, lines: natural, code: z.string() }),
  /** The last line of the audit log. */
  audit: z.strictObject({ number: natural, chain: z.string() }),
  /** How many times the file of pairings was written. */
  pairings: natural,
  /** Something was enrolled once. WBF: service 10.3. */
  enrolled: z.boolean(),
  /** How many changes of people there were; absent before the first. */
  people: z.strictObject({ counter: natural }).optional(),
  /** The last line of the journal; absent before the first. */
  journal: z.strictObject({ number: natural, chain: z.string() }).optional(),
});

/** Numbers that say how far a state is. */
export type StateHead = z.infer<typeof head>;

/** What an anchor holds of a head. */
export type AnchoredHead = Pick<StateHead, 'counter' | 'ledger' | 'audit'>;

/** Name of the file, in the folder of the keys. */
export const HEAD_FILE = 'state.head';

/** The head that was written last; undefined before the first. Throws WHORL_E_MALFORMED for one that is not ours. */
export function readHead(keysFolder: string, keyring: Keyring): StateHead | undefined {
  const path = join(keysFolder, HEAD_FILE);
  if (!existsSync(path)) return undefined;
  const read = head.safeParse(JSON.parse(readAuthenticated(path, keyring)));
  if (read.success) return read.data;
  throw new BiometricError('WHORL_E_MALFORMED', `${path} is damaged`);
}

/** Replaces the head, durably. */
export function writeHead(keysFolder: string, state: StateHead, keyring: Keyring): void {
  writeAuthenticated(join(keysFolder, HEAD_FILE), JSON.stringify(state), keyring);
}

const ANCHOR_LINE = /whorl-state 1 (\d+) (\d+):(\d+):(.*) (\d+):([0-9a-f]{64})\s*$/;

/** The line for an anchor. */
export function anchorLine({ counter, ledger, audit }: AnchoredHead): string {
  const code = ledger.code.replaceAll(' ', '_');
  return `whorl-state 1 ${counter} ${ledger.generation}:${ledger.lines}:${code} ${audit.number}:${audit.chain}`;
}

/** Reads a line, whatever an anchor put before it. Throws WHORL_E_MALFORMED. */
export function parseAnchorLine(line: string): AnchoredHead {
  const [, counter, generation, lines, code = '', number, chain = ''] = ANCHOR_LINE.exec(line) ?? [];
  if (counter === undefined) throw new BiometricError('WHORL_E_MALFORMED', 'the anchor holds no line of a state');
  return {
    counter: Number(counter),
    ledger: { generation: Number(generation), lines: Number(lines), code: code.replaceAll('_', ' ') },
    audit: { number: Number(number), chain },
  };
}
