/** What administrators ask of a running service: how it is, who is enrolled, an exported template, new keys. */

import { z } from 'zod';
import { BiometricError } from '../../core/biometric-error.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import { identityKey } from '../../core/identity.ts';
import { S_OK } from '../../core/result-constants.ts';
import type { ServiceFault, ServiceHealth, ServiceStatus, SharedStatus } from '../../core/service-report.ts';
import type { OnBoardUnit } from '../../devices/on-board/on-board-unit.ts';
import type { MinutiaeFormat } from '../../formats/minutiae/index.ts';
import type { VirtualReader } from '../../sensors/virtual/virtual-reader.ts';
import { accountFor } from '../../service/access/account-for.ts';
import type { Audit } from '../../service/access/audit.ts';
import { isPrivileged, type Principal } from '../../service/access/principal.ts';
import type { Service } from '../../service/service.ts';
import type { Extension } from '../connection/extensions.ts';
import { readQuestion } from '../connection/read-question.ts';
import type { AuditLog } from '../state/audit-log.ts';
import type { BackupWork } from '../state/backup-work.ts';
import type { Rotation } from '../state/rotate-keys.ts';
import type { EngineLoad } from '../threads/engine-load.ts';
import type { RequestLog } from '../watching/request-log.ts';
import { changeReaderPrint, readerPrints } from './reader-prints.ts';
import { VERSION } from './version.ts';

/** What is administrated. */
export interface AdministrationParts {
  readonly service: Service;
  readonly stateDirectory: string | undefined;
  /** What does not work. */
  readonly faults: () => readonly BiometricError[];
  /** Undefined where nothing is shared. */
  readonly shared: () => SharedStatus | undefined;
  readonly configurationFile: string | undefined;
  readonly audit: AuditLog | undefined;
  /** Absent for state in memory, which is not sealed. */
  readonly rotate: (() => Promise<Rotation>) | undefined;
  /** Absent for state in memory. */
  readonly backup: BackupWork | undefined;
  readonly log: RequestLog;
  readonly engineThreads: EngineLoad;
  readonly virtualReaders: ReadonlyMap<string, VirtualReader>;
  /** Readers that match inside and are present. */
  readonly devices: () => readonly OnBoardUnit[];
  /** Database of the system pool. */
  readonly systemDatabaseId: DatabaseId | undefined;
}

const text = z.string().max(256);
const identity = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('sid'), sid: text }),
  z.strictObject({ type: z.literal('guid'), guid: text }),
]);
const PRINT = { unitId: z.int().min(1), print: text };
const QUESTION = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('status') }),
  z.strictObject({ kind: z.literal('who-am-i') }),
  z.strictObject({ kind: z.literal('health'), after: z.int().min(0).optional() }),
  z.strictObject({ kind: z.literal('owners'), databaseId: text }),
  z.strictObject({
    kind: z.literal('export-template'),
    databaseId: text,
    identity,
    subFactor: z.int().min(0).max(255),
    format: text,
  }),
  z.strictObject({ kind: z.literal('reader-prints') }),
  z.strictObject({
    kind: z.literal('change-print'),
    change: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('adopt'), ...PRINT, identity, subFactor: z.int().min(1).max(254) }),
      z.strictObject({ kind: z.enum(['remove', 'forget']), ...PRINT }),
    ]),
  }),
  z.strictObject({ kind: z.literal('rotate-keys') }),
  z.strictObject({ kind: z.literal('backup'), path: z.string().max(4096), withoutKey: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('backup-progress') }),
  z.strictObject({ kind: z.literal('end-backup') }),
  z.strictObject({ kind: z.literal('release-unit'), unitId: z.int().min(1) }),
  z.strictObject({ kind: z.literal('locks') }),
  z.strictObject({ kind: z.literal('unlock'), name: text.optional() }),
]);
type Question = z.infer<typeof QUESTION>;
type ExportQuestion = Extract<Question, { kind: 'export-template' }>;

/** What anybody may ask. */
const OPEN: ReadonlySet<Question['kind']> = new Set(['status', 'who-am-i']);

/** Makes the extension. */
export function administration(parts: AdministrationParts): Extension {
  return async (body, principal) => {
    const question = readQuestion('administration', QUESTION, body);
    if (!OPEN.has(question.kind) && !isPrivileged(principal)) {
      throw new BiometricError('E_ACCESSDENIED', 'the right to administrate is missing; it belongs to administrators');
    }
    const { service, log } = parts;
    const record: Audit = async (line) => await parts.audit?.write(line);
    const done = { sid: principal.sid, hresult: S_OK };
    switch (question.kind) {
      case 'status':
        return isPrivileged(principal) ? status(parts) : outwardStatus(parts);
      case 'who-am-i': {
        const { sid, administrator, mayEnroll, screen } = principal;
        const operator = principal.operator === true || isPrivileged(principal);
        return { sid, administrator, mayEnroll, operator, ...(screen !== undefined && { screen }) };
      }
      case 'health':
        return health(parts, log.after(question.after ?? 0));
      case 'owners':
        return await service.owners(question.databaseId);
      case 'export-template':
        return await exportTemplate(parts, question, principal);
      case 'release-unit': {
        const { unitId } = question;
        return await accountFor(record, { action: question.kind, ...done, unitId }, () => service.releaseUnit(unitId));
      }
      case 'locks':
        return service.attemptLocks;
      case 'unlock': {
        const { name } = question;
        const locked = service.attemptLocks.filter((lock) => name === undefined || lock.name === name);
        for (const each of locked) await record({ action: question.kind, ...done, owner: each.name });
        return service.unlockAttempts(name);
      }
      case 'reader-prints':
        return await readerPrints(parts);
      case 'change-print': {
        const { change } = question;
        const owner =
          change.kind === 'adopt' ? { owner: identityKey(change.identity), subFactor: change.subFactor } : {};
        const line = { action: `${change.kind}-print`, ...done, unitId: change.unitId, ...owner };
        await accountFor(record, line, () => changeReaderPrint(parts, change));
        return undefined;
      }
      case 'rotate-keys': {
        if (parts.rotate === undefined) throw new BiometricError('E_NOTIMPL', 'state in memory is not sealed');
        return await accountFor(record, { action: question.kind, ...done }, parts.rotate);
      }
      case 'backup': {
        const { backup } = parts;
        if (backup === undefined) throw new BiometricError('E_NOTIMPL', 'state in memory is not backed up');
        const { path, withoutKey = false } = question;
        return await accountFor(record, { action: question.kind, ...done }, () => backup.run(path, withoutKey));
      }
      case 'backup-progress':
        return parts.backup?.progress;
      case 'end-backup':
        return parts.backup?.end();
      default:
        return question satisfies never;
    }
  };
}

/** What an ordinary account needs to use the service, and neither paths nor process. */
function outwardStatus({ faults }: AdministrationParts): ServiceStatus {
  const told = faults().map(({ hresult }) => new BiometricError(hresult));
  return { version: VERSION, uptimeSeconds: Math.round(process.uptime()), faults: told.map(faultOf) };
}

function faultOf({ code, hresult, message, remedy }: BiometricError): ServiceFault {
  return { code, hresult, message, remedy };
}

function status({ service, stateDirectory, configurationFile, faults, shared }: AdministrationParts) {
  const shares = shared();
  return {
    version: VERSION,
    pid: process.pid,
    uptimeSeconds: Math.round(process.uptime()),
    residentBytes: process.memoryUsage.rss(),
    ...(stateDirectory !== undefined && { stateDirectory }),
    ...(configurationFile !== undefined && { configurationFile }),
    faults: faults().map(faultOf),
    loading: service.loading,
    ...(shares && { shared: shares }),
  };
}

function health(parts: AdministrationParts, answered: ServiceHealth['answered']): ServiceHealth {
  const { service, log, engineThreads, virtualReaders } = parts;
  const { connections, handles, waiting } = log;
  const readers = new Map([...virtualReaders].map(([name, { sensor }]) => [sensor?.info.deviceInstanceId, name]));
  const units = service.activity.map(({ deviceInstanceId, ...activity }) => {
    const virtualReader = readers.get(deviceInstanceId);
    return { ...activity, ...(virtualReader !== undefined && { virtualReader }) };
  });
  const { parallelism: threads, waiting: tasksWaiting, busyMs } = engineThreads;
  return {
    ...status(parts),
    connections,
    handles,
    waiting,
    engine: { threads, tasksWaiting, busyMs },
    units,
    answered,
  };
}

async function exportTemplate(
  { service, audit }: AdministrationParts,
  { kind, databaseId, identity: owner, subFactor, format }: ExportQuestion,
  principal: Principal,
): Promise<Uint8Array> {
  // Records of minutiae are written by services that someone exports from.
  const [{ exportMinutiae }, { MINUTIAE_LAYOUTS }] = await Promise.all([
    import('../../fingerprint/template/export-minutiae.ts'),
    import('../../formats/minutiae/index.ts'),
  ]);
  if (format !== 'whorl' && !Object.hasOwn(MINUTIAE_LAYOUTS, format)) {
    throw new BiometricError('E_INVALIDARG', `format: give whorl, ${Object.keys(MINUTIAE_LAYOUTS).join(', ')}`);
  }
  const [template] = await service.templates(databaseId, owner, subFactor);
  if (template === undefined) throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
  const position = subFactor <= 10 ? subFactor : 0;
  const record =
    format === 'whorl' ? template : exportMinutiae(template, { format: format as MinutiaeFormat, position });
  // A template that cannot be accounted for does not leave.
  await audit?.write({ action: kind, sid: principal.sid, hresult: S_OK, owner: identityKey(owner), subFactor });
  return record;
}
