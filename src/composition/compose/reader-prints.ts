/** Readers that match inside and their records: what each knows of the other, and what brings them together. */

import { BiometricError } from '../../core/biometric-error.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import type { PrintChange, PrintRecord, ReaderPrints } from '../../core/service-report.ts';
import { decodeDeviceTemplate, encodeDeviceTemplate } from '../../devices/on-board/device-template.ts';
import type { OnBoardUnit } from '../../devices/on-board/on-board-unit.ts';
import type { Service } from '../../service/service.ts';

/** What is brought together. */
export interface ReaderPrintParts {
  readonly service: Service;
  /** Readers that match inside and are present. */
  readonly devices: () => readonly OnBoardUnit[];
  /** Database of the system pool, whose stand-in gets what is adopted; undefined when there is none. */
  readonly systemDatabaseId: DatabaseId | undefined;
}

/** A reader, its unit and its report. */
interface Reader {
  readonly unit: OnBoardUnit;
  readonly report: ReaderPrints;
}

/** A report of each reader. Rejects with WINBIO_E_ENROLLMENT_IN_PROGRESS, and with the fault of a reader. */
export async function readerPrints(parts: ReaderPrintParts): Promise<readonly ReaderPrints[]> {
  return (await readers(parts)).map(({ report }) => report);
}

/**
 * Makes a change. Rejects with WINBIO_E_INVALID_UNIT; with E_INVALIDARG for a print that a record knows, and for one to
 * be adopted where there is no system pool; with WINBIO_E_DATABASE_NO_SUCH_RECORD for one that is not there; with
 * E_NOTIMPL where the reader takes no print off; with WINBIO_E_DUPLICATE_ENROLLMENT where the person has such a finger
 * already.
 */
export async function changeReaderPrint(parts: ReaderPrintParts, change: PrintChange): Promise<void> {
  const reader = (await readers(parts)).find(({ report }) => report.unitId === change.unitId);
  if (reader === undefined) {
    throw new BiometricError('WINBIO_E_INVALID_UNIT', 'it is no unit of a reader that matches inside', change);
  }
  switch (change.kind) {
    case 'adopt':
      return await adopt(parts, reader, change);
    case 'remove':
      return await remove(reader, change.print);
    case 'forget':
      return await forget(parts, reader, change.print);
    default:
      change satisfies never;
  }
}

async function readers({ service, devices }: ReaderPrintParts): Promise<readonly Reader[]> {
  const found: Reader[] = [];
  for (const unit of devices()) {
    const activity = service.activity.find(({ deviceInstanceId }) => deviceInstanceId === unit.device.name);
    // A reader that cannot be opened has a unit that says why.
    if (activity === undefined || unit.device.device.status === 'closed') continue;
    const records = await recordsOf(service, unit);
    const { unitId, name } = activity;
    const { capacity } = unit.device.device.info;
    const common = { unitId, name, ...(capacity !== undefined && { capacity }) };
    if (!unit.device.can('list')) found.push({ unit, report: { ...common, missing: [] } });
    else {
      const held = await unit.device.prints();
      const prints = held.map(({ id, label }) => {
        const record = records.find(({ print }) => print === id);
        return { print: id, ...(label !== undefined && { label }), ...(record && { record }) };
      });
      const missing = records.filter(({ print }) => !held.some(({ id }) => id === print));
      found.push({ unit, report: { ...common, prints, missing } });
    }
  }
  return found;
}

async function recordsOf(service: Service, { device, sensor }: OnBoardUnit): Promise<readonly PrintRecord[]> {
  const records: PrintRecord[] = [];
  for (const { databaseId } of sensor.onBoard?.databases.values() ?? []) {
    for (const { identity, subFactor, template } of await service.records(databaseId)) {
      const held = decodeDeviceTemplate(template);
      if (held.device === device.name) records.push({ databaseId, identity, subFactor, print: held.print.id });
    }
  }
  return records;
}

async function adopt(
  { service, systemDatabaseId }: ReaderPrintParts,
  reader: Reader,
  { print: id, identity, subFactor }: Extract<PrintChange, { kind: 'adopt' }>,
): Promise<void> {
  const { device, sensor } = reader.unit;
  requireUnknown(reader, id);
  const own = systemDatabaseId && sensor.onBoard?.databases.get(systemDatabaseId);
  if (!own) throw new BiometricError('E_INVALIDARG', 'there is no system pool whose records the print could join');
  const print = (await device.prints()).find((each) => each.id === id);
  if (print === undefined) throw noPrint(id);
  const template = encodeDeviceTemplate({ device: device.name, print });
  const options = { dryRun: false, replace: false, refuseDuplicates: false, signal: new AbortController().signal };
  const [outcome] = await service.importTemplates(own.databaseId, [{ identity, subFactor, template }], options);
  if (outcome?.kind === 'rejected') throw outcome.error;
  if (outcome?.kind !== 'stored') {
    throw new BiometricError('WINBIO_E_DUPLICATE_ENROLLMENT', 'the person has this finger on the reader already');
  }
}

async function remove(reader: Reader, id: string): Promise<void> {
  requireUnknown(reader, id);
  const { device } = reader.unit;
  const print = (await device.prints()).find((each) => each.id === id);
  if (print === undefined) throw noPrint(id);
  if (!(await device.remove(print))) throw new BiometricError('E_NOTIMPL', 'the reader takes no single print off');
}

async function forget({ service }: ReaderPrintParts, { report }: Reader, id: string): Promise<void> {
  const record = report.missing.find(({ print }) => print === id);
  if (record === undefined) {
    throw new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD', `no record misses the print ${id}`);
  }
  await service.deleteRecord(record.databaseId, record.identity, record.subFactor);
}

/** A print that a record knows is enrolled, and deleted as such. */
function requireUnknown({ report }: Reader, id: string): void {
  const print = report.prints?.find((each) => each.print === id);
  if (print === undefined) throw noPrint(id);
  if (print.record !== undefined) {
    throw new BiometricError('E_INVALIDARG', `${id} is an enrolled finger: delete it as such (whorl delete)`);
  }
}

function noPrint(id: string): BiometricError {
  return new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD', `the reader has no print ${id}`);
}
