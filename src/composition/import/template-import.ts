/** What a running service does with an import: for administrators, a group of rows at a time, each group accounted for. */

import { z } from 'zod';
import type { NewRecord } from '../../adapters/storage-adapter.ts';
import { BiometricError, isBiometricError } from '../../core/biometric-error.ts';
import { normalizeGuid } from '../../core/guid.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import { identityKey } from '../../core/identity.ts';
import { S_OK } from '../../core/result-constants.ts';
import { CARD_TEMPLATE_FORMATS, type ImportAnswer, type ImportBatch } from '../../core/template-import.ts';
import type { CompareImpressions } from '../../fingerprint/engine/compare-impressions.ts';
import { upgradeTemplate } from '../../fingerprint/engine/upgrade-template.ts';
import { accountFor } from '../../service/access/account-for.ts';
import { isPrivileged, type Principal } from '../../service/access/principal.ts';
import type { Service } from '../../service/service.ts';
import type { ImportOutcome } from '../../service/templates/import-templates.ts';
import type { DatabaseConfiguration } from '../configuration/service-configuration.ts';
import type { Extension } from '../connection/extensions.ts';
import type { AuditLog } from '../state/audit-log.ts';
import type { EngineThreads } from '../threads/engine-threads.ts';
import { type ReadRow, readRows } from './read-rows.ts';
import type { PoolKind } from './resolve-person.ts';

/** What imports go through. */
export interface TemplateImportParts {
  readonly service: Service;
  readonly engineThreads: EngineThreads;
  readonly databases: readonly DatabaseConfiguration[];
  /** False when another engine than ours is configured: its templates are its own. */
  readonly hasOwnEngine: boolean;
  readonly audit: AuditLog | undefined;
}

const MAX_ROWS = 1000;
const BATCH = z.strictObject({
  databaseId: z.string().max(64),
  rows: z
    .array(
      z.strictObject({
        person: z.string().max(1024),
        finger: z.union([z.string().max(1024), z.number()]).optional(),
        print: z.instanceof(Uint8Array),
        format: z.enum(CARD_TEMPLATE_FORMATS).optional(),
      }),
    )
    .min(1)
    .max(MAX_ROWS),
  dryRun: z.boolean(),
  replace: z.boolean(),
  upgrade: z.boolean(),
  refuseDuplicates: z.boolean(),
  lenient: z.boolean(),
  resolutionPpi: z.number().min(1).max(25_400).optional(),
});

/** Makes the extension. Groups are read side by side, and stored in the order in which they came. */
export function templateImport(parts: TemplateImportParts): Extension {
  let lastStored: Promise<unknown> = Promise.resolve();
  return async (body, principal) => {
    if (!isPrivileged(principal)) {
      throw new BiometricError('E_ACCESSDENIED', 'the right to import templates is missing; administrators have it');
    }
    if (!parts.hasOwnEngine) {
      throw new BiometricError('E_NOTIMPL', 'this service has an engine of its own, whose templates are not imported');
    }
    const batch = read(body);
    const reading = readRows(batch, poolOf(parts.databases, batch.databaseId), parts.engineThreads);
    const storing = Promise.allSettled([lastStored, reading]).then(async () =>
      store(parts, batch, await reading, principal),
    );
    lastStored = storing.catch(() => undefined);
    return await storing;
  };
}

function read(body: unknown): ImportBatch {
  const batch = BATCH.safeParse(body);
  if (batch.success) return batch.data as ImportBatch;
  const [issue] = batch.error.issues;
  throw new BiometricError('E_INVALIDARG', `import: ${issue?.path.join('.') || 'the group'} is not what it should be`);
}

function poolOf(databases: readonly DatabaseConfiguration[], databaseId: DatabaseId): PoolKind {
  const found = databases.find(({ id }) => normalizeGuid(id) === normalizeGuid(databaseId));
  if (found !== undefined) return found.pool;
  const known = databases.map(({ id, pool }) => `${normalizeGuid(id)} (${pool})`).join(', ');
  throw new BiometricError('WINBIO_E_DATABASE_CANT_FIND', `the database is none of ${known}`);
}

async function store(
  { service, audit, engineThreads }: TemplateImportParts,
  batch: ImportBatch,
  rows: readonly ReadRow[],
  { sid }: Principal,
): Promise<readonly ImportAnswer[]> {
  const { databaseId, dryRun, replace, refuseDuplicates } = batch;
  const { signal } = new AbortController();
  const records = rows.flatMap(({ made }): NewRecord[] => (isBiometricError(made) ? [] : [made]));
  const compare: CompareImpressions = (probe, references) =>
    engineThreads.run({ kind: 'compare', probe, references, cancel: new SharedArrayBuffer(4) }, { signal });
  const upgrade = (template: Uint8Array, features: Uint8Array) => upgradeTemplate(compare, template, features, signal);
  const options = { dryRun, replace, refuseDuplicates, signal, ...(batch.upgrade && { upgrade }) };
  const line = { sid, hresult: S_OK, databaseId: normalizeGuid(databaseId) };
  const storing = () => service.importTemplates(databaseId, records, options);
  const begun = { action: 'import-templates-begin', ...line, count: records.length };
  const outcomes =
    dryRun || records.length === 0
      ? await storing()
      : await accountFor(async (record) => await audit?.write(record), begun, storing);
  const count = outcomes.filter(({ kind }) => kind === 'stored' || kind === 'replaced' || kind === 'upgraded').length;
  if (count > 0) {
    await audit?.write({ action: 'import-templates', ...line, count });
    await noteImported(service, records, outcomes, sid);
  }
  const settled = outcomes.values();
  return rows.map(({ made, ...row }) => {
    const outcome = isBiometricError(made) ? { kind: 'rejected' as const, error: made } : settled.next().value;
    return { ...row, ...answerOf(outcome) };
  });
}

function answerOf(outcome: ImportOutcome | undefined): ImportAnswer {
  if (outcome === undefined) throw new BiometricError('E_UNEXPECTED', 'a row has no outcome');
  switch (outcome.kind) {
    case 'duplicate':
      return { kind: 'duplicate', of: outcome.identity, ofSubFactor: outcome.subFactor };
    case 'rejected':
      return { kind: 'rejected', error: outcome.error.serialize() };
    default:
      return outcome;
  }
}

/** A line of the journal for each template that was stored. */
async function noteImported(
  { keptJournal: journal, people }: Service,
  records: readonly NewRecord[],
  outcomes: readonly ImportOutcome[],
  sid: string,
): Promise<void> {
  if (journal === undefined) return;
  const stored = records.filter((_, i) => outcomes[i]?.kind === 'stored');
  const names = await people.namesOf(stored.map(({ identity }) => identity));
  await journal.note(
    ...stored.map(({ identity, subFactor }) => {
      const person = { identity, name: names.get(identityKey(identity)) ?? '' };
      return { kind: 'enrolled', sid, person, subFactor, reason: 'import' } as const;
    }),
  );
}
