/** Templates made elsewhere, into a database: the rules that an enrollment has, for many records at once. */

import type { NewRecord } from '../../adapters/storage-adapter.ts';
import { type BiometricError, hresultOf, toBiometricError } from '../../core/biometric-error.ts';
import type { SubFactor } from '../../core/identifiers.ts';
import { identityKey, type OwnerIdentity } from '../../core/identity.ts';
import { E_NOTIMPL, WINBIO_E_DATABASE_FULL, WINBIO_E_DUPLICATE_ENROLLMENT } from '../../core/result-constants.ts';
import type { TemplateStore } from './template-store.ts';

/** How templates are imported. */
export interface ImportOptions {
  /** Says what would be done, and stores nothing. */
  readonly dryRun: boolean;
  /** Puts templates in the place of those that the same fingers have. */
  readonly replace: boolean;
  /**
   * Changes the templates that the same fingers have, and adds none: what to store in place of a template, or undefined
   * where it should stay. Absent unless templates are upgraded.
   */
  readonly upgrade?: (template: Uint8Array, given: Uint8Array) => Promise<Uint8Array | undefined>;
  /** Looks for each finger under every other owner and name, and does not store it twice. */
  readonly refuseDuplicates: boolean;
  /** Ends the search for duplicates. */
  readonly signal: AbortSignal;
}

/** What became of one record. */
export type ImportOutcome =
  | { readonly kind: 'stored' | 'replaced' | 'skipped' | 'accepted' | 'upgraded' | 'unused' }
  | { readonly kind: 'duplicate'; readonly identity: OwnerIdentity; readonly subFactor: SubFactor }
  | { readonly kind: 'rejected'; readonly error: BiometricError };

type Step = 'add' | 'replace' | ImportOutcome;

/**
 * Imports records, in order. The outcomes are in the order of the records. Rejects where a group of records fails in a
 * way that concerns more than one of them, such as a disk that cannot be written; those before it are stored.
 */
export function importTemplates(
  store: TemplateStore,
  records: readonly NewRecord[],
  options: ImportOptions,
): Promise<readonly ImportOutcome[]> {
  return store.exclusively(async () => {
    await store.loaded();
    await store.certain();
    const { upgrade } = options;
    if (upgrade !== undefined) return await upgradeAll(store, records, { ...options, upgrade });
    return options.refuseDuplicates ? await oneByOne(store, records, options) : await asGroup(store, records, options);
  });
}

/** Each record is searched for among those before it, so that it has to be stored before the next one. */
async function oneByOne(store: TemplateStore, records: readonly NewRecord[], options: ImportOptions) {
  const outcomes: ImportOutcome[] = [];
  for (const record of records) {
    outcomes.push(await store.undisturbed(() => importOne(store, record, options)));
  }
  return outcomes;
}

/** A template has several impressions: one record after the other, as each may change what the one before has left. */
async function upgradeAll(
  store: TemplateStore,
  records: readonly NewRecord[],
  { upgrade, dryRun }: ImportOptions & Required<Pick<ImportOptions, 'upgrade'>>,
): Promise<readonly ImportOutcome[]> {
  const outcomes: ImportOutcome[] = [];
  for (const record of records) {
    const [stored] = await store.templates(record.identity, record.subFactor);
    const template = stored && (await upgrade(stored, record.template));
    if (template === undefined) outcomes.push({ kind: 'unused' });
    else if (dryRun) outcomes.push({ kind: 'accepted' });
    else {
      const outcome = await replaced(store, { ...record, template });
      outcomes.push(outcome.kind === 'replaced' ? { kind: 'upgraded' } : outcome);
    }
  }
  return outcomes;
}

async function importOne(store: TemplateStore, record: NewRecord, options: ImportOptions): Promise<ImportOutcome> {
  const step = await stepFor(store, record, options, new Set());
  if (typeof step !== 'string') return step;
  const found = await store.findDuplicate(record.template, options);
  if (found !== undefined && (step === 'add' || found.recordId !== store.recordOf(record))) {
    return { kind: 'duplicate', identity: found.identity, subFactor: found.subFactor };
  }
  if (options.dryRun) return { kind: 'accepted' };
  return step === 'add' ? await added(store, record) : await replaced(store, record);
}

/** New records are stored together, which costs one write to the disk. */
async function asGroup(store: TemplateStore, records: readonly NewRecord[], options: ImportOptions) {
  const taken = new Set<string>();
  const steps: Step[] = [];
  for (const record of records) steps.push(await stepFor(store, record, options, taken));
  const isNew = (i: number) => steps[i] === 'add';
  const together =
    !options.dryRun &&
    (await addedTogether(
      store,
      records.filter((_, i) => isNew(i)),
    ));
  const outcomes: ImportOutcome[] = [];
  for (const [i, record] of records.entries()) {
    const step = steps[i] as Step;
    if (typeof step !== 'string') outcomes.push(step);
    else if (options.dryRun) outcomes.push({ kind: 'accepted' });
    else if (step === 'replace') outcomes.push(await replaced(store, record));
    else outcomes.push(together ? { kind: 'stored' } : await added(store, record));
  }
  return outcomes;
}

/** What to do with a record, or what is already certain of it. `taken` are the fingers of records before it. */
async function stepFor(
  store: TemplateStore,
  record: NewRecord,
  { replace }: ImportOptions,
  taken: Set<string>,
): Promise<Step> {
  const error = await store.refusal(record.template);
  if (error !== undefined) return { kind: 'rejected', error };
  const key = `${record.identity.type}/${identityKey(record.identity)}/${record.subFactor}`;
  if (taken.has(key)) return { kind: 'skipped' };
  taken.add(key);
  if (store.recordOf(record) === undefined) return 'add';
  return replace ? 'replace' : { kind: 'skipped' };
}

/** False where they have to be stored one after the other: to tell which one fails, or because the storage cannot. */
async function addedTogether(store: TemplateStore, records: readonly NewRecord[]): Promise<boolean> {
  if (records.length === 0) return true;
  try {
    await store.addAll(records);
    return true;
  } catch (thrown) {
    if (SINGLE.has(hresultOf(thrown))) return false;
    throw thrown;
  }
}

/** Codes of a group that was refused as a whole, and of which single records may be stored. */
const SINGLE: ReadonlySet<number> = new Set([E_NOTIMPL, WINBIO_E_DATABASE_FULL, WINBIO_E_DUPLICATE_ENROLLMENT]);

async function added(store: TemplateStore, record: NewRecord): Promise<ImportOutcome> {
  try {
    await store.add(record);
    return { kind: 'stored' };
  } catch (thrown) {
    return refusal(thrown);
  }
}

async function replaced(store: TemplateStore, record: NewRecord): Promise<ImportOutcome> {
  try {
    return { kind: (await store.replace(record)) ? 'replaced' : 'skipped' };
  } catch (thrown) {
    return refusal(thrown);
  }
}

/** A fault of one record; any other is thrown on. */
function refusal(thrown: unknown): ImportOutcome {
  const code = hresultOf(thrown);
  if (code === WINBIO_E_DUPLICATE_ENROLLMENT) return { kind: 'skipped' };
  if (code === WINBIO_E_DATABASE_FULL || code === E_NOTIMPL)
    return { kind: 'rejected', error: toBiometricError(thrown) };
  throw thrown;
}
