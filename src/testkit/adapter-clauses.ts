/**
 * Clauses of the adapter conformance list that are about sensors, storages and their control functions, and that the
 * suites do not test: because this contract has nothing of the kind, or because another room keeps them.
 */

/** Why a suite does not test a clause. */
export interface UntestedClause {
  readonly id: string;
  /** `contract`: the thing it is about does not exist here. Else the room whose tests cover it. */
  readonly because: 'contract' | 'service' | 'daemon' | 'storage';
  readonly reason: string;
}

const contract = (reason: string, ...ids: string[]): UntestedClause[] =>
  ids.map((id) => ({ id, because: 'contract', reason }));
const elsewhere = (because: 'service' | 'daemon' | 'storage', reason: string, ...ids: string[]): UntestedClause[] =>
  ids.map((id) => ({ id, because, reason }));

/** Sections C, F and G. */
export const UNTESTED_CLAUSES: readonly UntestedClause[] = [
  ...contract('a capture is a promise, there is no completion object', 'A-042', 'A-043', 'A-044'),
  ...contract('calibrating before a capture is inside the adapter', 'A-047'),
  ...contract('a sensor has no status call; a capture rejects with the code of its state', 'A-048', 'A-054'),
  ...contract('every sample is a BIR, nothing is negotiated', 'A-049'),
  ...contract('start and finish are one call', 'A-050', 'A-051', 'A-053'),
  ...contract('a sample is returned, no buffer is lent', 'A-055', 'A-065', 'A-066'),
  ...contract('an abort is a signal: it has no result and cannot wait', 'A-058', 'A-059'),
  ...elsewhere('service', 'the service hands a sample to the engine', 'A-060', 'A-061', 'A-062', 'A-063'),
  ...contract('a sensor has no modes and no indicator', 'A-067', 'A-068'),
  ...contract('power changes are a type, not codes', 'A-069'),
  ...contract('information is a property of the adapter, of one size', 'A-070'),
  ...contract('a sensor knows neither engine nor storage', 'A-072'),
  ...contract('each open returns a database of its own', 'A-127'),
  ...elsewhere('service', 'whether to create is decided by who opens', 'A-129'),
  ...elsewhere('storage', 'tests of each storage: a damaged or locked database is never made anew', 'A-130', 'A-163'),
  ...contract('a selector without an identity means any; there is no constant', 'A-144'),
  ...contract('a record is handed out as a copy, no result set stays behind to be wiped', 'A-157'),
  ...elsewhere('storage', 'the sealed storage encrypts around any other', 'A-162', 'A-164'),
  ...contract('records are not updated in place', 'A-166'),
  ...elsewhere('daemon', 'file names are given by the configuration', 'A-167'),
  ...elsewhere('service', 'the service checks lock and privilege and passes the answer on', 'A-169', 'A-172', 'A-173'),
];
