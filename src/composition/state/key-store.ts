/** The master keys of a service: read from where the configuration says, made where there is none yet. */

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { BiometricError } from '../../core/biometric-error.ts';
import { type Keyring, MASTER_KEY_BYTES, SealingKey } from '../../storage/sealed/keyring.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import { LEDGER_FILE, type LedgerPlaces } from './record-ledger.ts';
import { JOURNAL_FILE, PEOPLE_FILE } from './state-directory.ts';
import { writeDurably } from './write-durably.ts';

type KeySource = NonNullable<ServiceConfiguration['keys']>;

/** Name of the file of master keys, in the folder of the keys. */
export const KEY_FILE = 'master.keys';
const COMMAND_TIMEOUT_MS = 10_000;

/** The keys of a ring, the one that seals first. */
export class KeyStore implements Keyring, Disposable {
  readonly #keys: SealingKey[];
  readonly #file: string | undefined;

  private constructor(keys: readonly SealingKey[], file?: string) {
    this.#keys = [...keys];
    this.#file = file;
  }

  /**
   * Reads the keys: lines of 64 hexadecimal digits, the first seals, the others open what they sealed. Makes a first one
   * in an empty state directory. Rejects with WHORL_E_CONFIGURATION when they cannot be had, WHORL_E_KEY_MISSING when
   * the file is gone that databases are sealed with.
   */
  static async open(source: KeySource, places: LedgerPlaces): Promise<KeyStore> {
    if (source !== 'file') return new KeyStore(parseKeys(await keyText(source), 'keys'));
    return KeyStore.openFile(places);
  }

  /** Reads the keys where they are kept by default. Throws as {@link open} rejects. */
  static openFile(places: LedgerPlaces): KeyStore {
    const file = join(places.keysFolder, KEY_FILE);
    if (!existsSync(file)) {
      requireNothingSealed(file, places);
      writeDurably(file, `${newKey()}\n`);
    }
    return new KeyStore(parseKeys(readFileSync(file, 'utf8'), file), file);
  }

  get current(): SealingKey {
    return this.#keys[0] as SealingKey;
  }

  /** All of them, the one that seals first. */
  get all(): readonly SealingKey[] {
    return this.#keys;
  }

  byId(keyId: number): SealingKey | undefined {
    return this.#keys.find((key) => key.keyId === keyId);
  }

  /** Puts a new key first. Throws WHORL_E_CONFIGURATION when the keys are not in the service's own file. */
  addKey(): void {
    const file = this.#ownFile();
    const text = `${newKey()}\n${readFileSync(file, 'utf8')}`;
    writeDurably(file, text);
    this.#keys.unshift(...parseKeys(text, file).slice(0, 1));
  }

  /** false: they are kept where only somebody else can change them. */
  get isOwn(): boolean {
    return this.#file !== undefined;
  }

  /** True when a rotation was begun and not ended. */
  get hasOldKeys(): boolean {
    return this.#keys.length > 1;
  }

  /** Forgets all keys but the first. */
  dropOldKeys(): void {
    const file = this.#ownFile();
    const [first = ''] = linesOf(readFileSync(file, 'utf8'));
    writeDurably(file, `${first}\n`);
    for (const key of this.#keys.splice(1)) key.wipe();
  }

  [Symbol.dispose](): void {
    for (const key of this.#keys) key.wipe();
  }

  #ownFile(): string {
    if (this.#file !== undefined) return this.#file;
    const text = 'keys: they are kept elsewhere; add a new one before the old one there, then run this again';
    throw new BiometricError('WHORL_E_CONFIGURATION', text);
  }
}

/** With a new key all that was enrolled would be lost without a word. */
function requireNothingSealed(file: string, { keysFolder, databasesFolder }: LedgerPlaces): void {
  const beside = [PEOPLE_FILE, JOURNAL_FILE].filter((name) => existsSync(join(dirname(keysFolder), name)));
  const sealed = [databasesFolder, keysFolder]
    .flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []))
    .concat(beside)
    .find((name) => name.endsWith('.db') || name === LEDGER_FILE);
  if (sealed === undefined) return;
  const text = `${file} is missing, and ${sealed} was made with it: put the key back from its copy, or take ${databasesFolder} and ${keysFolder} away to start with nobody enrolled`;
  throw new BiometricError('WHORL_E_KEY_MISSING', text);
}

function newKey(): string {
  return randomBytes(MASTER_KEY_BYTES).toString('hex');
}

function linesOf(text: string): string[] {
  return text.split(/[\s,]+/).filter((line) => line !== '');
}

function parseKeys(text: string, where: string): SealingKey[] {
  const lines = linesOf(text);
  const good = lines.every((line) => /^[0-9a-f]{64}$/i.test(line));
  // The text itself is a secret: no message repeats it.
  if (lines.length === 0 || !good) {
    throw new BiometricError('WHORL_E_CONFIGURATION', `${where}: give keys of 64 hexadecimal digits`);
  }
  return lines.map((line) => new SealingKey(Buffer.from(line, 'hex')));
}

async function keyText(source: Exclude<KeySource, 'file'>): Promise<string> {
  if ('environment' in source) {
    const text = process.env[source.environment];
    if (text === undefined) {
      throw new BiometricError('WHORL_E_CONFIGURATION', `keys.environment: ${source.environment} is not set`);
    }
    return text;
  }
  const [program = '', ...args] = source.command;
  try {
    const { stdout } = await promisify(execFile)(program, args, { timeout: COMMAND_TIMEOUT_MS });
    return stdout;
  } catch {
    // What the program printed may be a key: it is not repeated.
    throw new BiometricError('WHORL_E_CONFIGURATION', `keys.command: ${program} failed`);
  }
}
