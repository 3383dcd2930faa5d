/**
 * A backup of one database, for another machine or another day: templates under a passphrase, because the keys they
 * are sealed with stay where they are.
 *
 * Lines of text. The first is JSON: format, version, database, template format, and the parameters of scrypt. Each
 * further one is base64 of nonce (12), ciphertext and tag (16) of AES-256-GCM over one JSON record, bound to the number
 * of its line; the last holds the number of records, so that nothing can be cut off, added or moved.
 */

import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { z } from 'zod';
import type { NewRecord, TemplateDatabase } from '../../adapters/storage-adapter.ts';
import { BiometricError, hresultOf, isBiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { isIdentity, type OwnerIdentity } from '../../core/identity.ts';
import { WINBIO_E_DUPLICATE_ENROLLMENT } from '../../core/result-constants.ts';

/** Parameters of scrypt (RFC 7914) for new backups; OWASP's least for passphrases. */
const KDF = { N: 1 << 17, r: 8, p: 1 } as const;
/** Costs that a backup may ask for: those of any that was ever written. */
const COSTS = [1 << 15, KDF.N];
/** Twice what the highest cost takes, bytes. */
const MAX_KDF_BYTES = 256 << 20;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const header = z.strictObject({
  format: z.literal('whorl-backup'),
  version: z.literal(1),
  databaseId: z.string(),
  templateFormat: z.string(),
  salt: z.base64(),
  N: z.literal(COSTS),
  r: z.literal(KDF.r),
  p: z.literal(KDF.p),
});

const record = z.strictObject({
  identity: z.custom<OwnerIdentity>((value) => isIdentity(value) && (value.type === 'sid' || value.type === 'guid')),
  subFactor: z.int(),
  template: z.base64(),
  payload: z.base64(),
  indexVector: z.array(z.int()),
});

/** The lines of a backup. `cost` is the parameter N of scrypt. */
export async function* exportDatabase(
  database: TemplateDatabase,
  passphrase: string,
  cost: number = KDF.N,
): AsyncGenerator<string, void, void> {
  const salt = randomBytes(16);
  const { databaseId, templateFormat } = database.descriptor;
  const head: z.infer<typeof header> = {
    format: 'whorl-backup',
    version: 1,
    databaseId,
    templateFormat,
    salt: salt.toString('base64'),
    ...KDF,
    N: cost,
  };
  const first = JSON.stringify(head);
  yield first;
  const key = keyOf(passphrase, salt, cost);
  let count = 0;
  for await (const batch of database.query({})) {
    for (const { identity, subFactor, template, payload, indexVector } of batch) {
      count += 1;
      const content: z.infer<typeof record> = {
        identity,
        subFactor,
        template: Buffer.from(template).toString('base64'),
        payload: Buffer.from(payload).toString('base64'),
        indexVector: [...indexVector],
      };
      yield sealLine(key, first, count, JSON.stringify(content));
    }
  }
  yield sealLine(key, first, count + 1, JSON.stringify({ end: count }));
}

/** A record that was not imported, and why. */
export interface RefusedRecord {
  readonly record: number;
  readonly code: string;
  readonly message: string;
}

/** What an import did. */
export interface ImportReport {
  readonly imported: number;
  /** Owners whose finger was enrolled already. */
  readonly skipped: number;
  /** Templates that the engine cannot use, by the number of their record in the backup, from 1; none of them was stored. */
  readonly refused: readonly RefusedRecord[];
}

/** How a backup is imported. */
export interface ImportDatabaseOptions {
  /** Told of each record, first as it is read, then as it is added; what it throws ends the import. Default: nobody. */
  readonly onProgress?: (done: number, total?: number) => void;
  /** Throws for a template that cannot be used; what it returns is stored. Default: every one can, as it is. */
  readonly check?: (template: Uint8Array) => Uint8Array;
}

/**
 * Adds the records of a backup, after all of it was read and found whole. Rejects with WHORL_E_MALFORMED for a backup
 * that is damaged or cut off, or a wrong passphrase; WINBIO_E_DATABASE_CORRUPTED for one of another template format.
 * Templates that `check` throws at are left out and reported.
 */
export async function importDatabase(
  database: TemplateDatabase,
  lines: AsyncIterable<string>,
  passphrase: string,
  { onProgress = () => {}, check = (template) => template }: ImportDatabaseOptions = {},
): Promise<ImportReport> {
  const records = await readBackup(database.descriptor.templateFormat, watched(lines, onProgress), passphrase);
  let skipped = 0;
  const refused: RefusedRecord[] = [];
  for (const [i, each] of records.entries()) {
    onProgress(i, records.length);
    const template = checked(check, each.template);
    if (isBiometricError(template)) {
      refused.push({ record: i + 1, code: template.code, message: template.message });
      continue;
    }
    try {
      await database.add({ ...each, template });
    } catch (thrown) {
      if (hresultOf(thrown) !== WINBIO_E_DUPLICATE_ENROLLMENT) throw thrown;
      skipped += 1;
    }
  }
  return { imported: records.length - skipped - refused.length, skipped, refused };
}

function checked(check: (template: Uint8Array) => Uint8Array, template: Uint8Array): Uint8Array | BiometricError {
  try {
    return check(template);
  } catch (thrown) {
    return toBiometricError(thrown, 'WHORL_E_MALFORMED');
  }
}

/** Tells of each line that is read; how many there are is not known yet. */
async function* watched(lines: AsyncIterable<string>, onProgress: (done: number) => void): AsyncGenerator<string> {
  let read = 0;
  for await (const line of lines) {
    onProgress(read++);
    yield line;
  }
}

/** What a backup has of a record. */
type StoredContent = Required<Omit<NewRecord, 'searchCodes' | 'mark'>>;

async function readBackup(
  templateFormat: string,
  lines: AsyncIterable<string>,
  passphrase: string,
): Promise<readonly StoredContent[]> {
  const records: StoredContent[] = [];
  let first = '';
  let key: Buffer | undefined;
  let end: number | undefined;
  for await (const line of lines) {
    if (key === undefined) {
      first = line;
      const head = parse(header, line, 'this is not a backup');
      if (head.templateFormat !== templateFormat) {
        throw new BiometricError('WINBIO_E_DATABASE_CORRUPTED', 'the backup holds templates of another format');
      }
      key = keyOf(passphrase, Buffer.from(head.salt, 'base64'), head.N);
      continue;
    }
    if (end !== undefined) throw malformed('there are lines after the end');
    const text = openLine(key, first, records.length + 1, line);
    const last = z.strictObject({ end: z.int() }).safeParse(JSON.parse(text));
    if (last.success) end = last.data.end;
    else {
      const { template, payload, ...rest } = parse(record, text, 'a record is damaged');
      records.push({ ...rest, template: Buffer.from(template, 'base64'), payload: Buffer.from(payload, 'base64') });
    }
  }
  if (end !== records.length) throw malformed('the backup is cut off');
  return records;
}

function keyOf(passphrase: string, salt: Uint8Array, cost: number): Buffer {
  if (passphrase === '') throw new BiometricError('E_INVALIDARG', 'give a passphrase');
  return scryptSync(passphrase, salt, KEY_BYTES, { ...KDF, N: cost, maxmem: MAX_KDF_BYTES });
}

function sealLine(key: Uint8Array, first: string, number: number, text: string): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.from(`${number}:${first}`));
  return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
}

function openLine(key: Uint8Array, first: string, number: number, line: string): string {
  const bytes = Buffer.from(line, 'base64');
  if (bytes.length <= NONCE_BYTES + TAG_BYTES) throw malformed(`line ${number + 1} is cut off`);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(`${number}:${first}`));
    decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
    const content = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
    return Buffer.concat([content, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new BiometricError('WHORL_E_MALFORMED', `line ${number + 1}: the passphrase is wrong, or it was changed`, {
      cause,
    });
  }
}

function parse<T>(schema: z.ZodType<T>, text: string, what: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new BiometricError('WHORL_E_MALFORMED', what, { cause });
  }
}

function malformed(text: string): BiometricError {
  return new BiometricError('WHORL_E_MALFORMED', text);
}
