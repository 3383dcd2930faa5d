/**
 * Clauses of the adapter conformance list that have no counterpart in our contract. All others are tests. What became of
 * each function of the WBF adapters is in `adapter-functions.ts`.
 */

/** A clause that does not apply, and why. */
export interface InapplicableClause {
  /** `A-007`. */
  readonly id: string;
  /** Why our contract has no counterpart, in one sentence. */
  readonly reason: string;
}

const because = (reason: string, ...ids: string[]): InapplicableClause[] => ids.map((id) => ({ id, reason }));

/** The clauses that do not apply, in the order of the list. */
export const INAPPLICABLE_CLAUSES: readonly InapplicableClause[] = [
  ...because('methods are called on the adapter itself: there is no pipeline argument to be missing', 'A-007'),
  ...because('an output is what a method returns, so none can be missing', 'A-009'),
  ...because('an adapter calls no function of the service: there are no up-calls to be wrapped', 'A-011'),
  ...because('an adapter is an object, not a table of slots: it has no reserved ones', 'A-014'),
  ...because(
    'there is no pipeline object: an adapter keeps its state in itself and has no context or handle to lend',
    'A-017',
    'A-018',
  ),
  ...because('an adapter is ready when it is made; the three are made in any order, and none knows another', 'A-019'),
  ...because('a sensor opens its own device, no handle is handed to it', 'A-020'),
  ...because('there is no detaching besides close; the order of closing is A-023', 'A-021'),
  ...because(
    'adapters are not activated: a sensor prepares when a capture begins, the rest is always ready',
    'A-024',
    'A-025',
    'A-026',
    'A-027',
  ),
  ...because('an adapter cannot be attached twice: a new one is made', 'A-034', 'A-035', 'A-037'),
  ...because('closing is idempotent: a second close is no fault (docs/adr/0003)', 'A-036'),
  ...because('no algorithm is chosen for a unit: each call of hashTemplate names its own', 'A-039'),
  ...because(
    'a capture is a promise: there is no completion object that could be signalled or waited for twice',
    'A-042',
    'A-043',
    'A-044',
  ),
  ...because('no status is asked before a capture: a sensor that has to calibrate itself does so inside it', 'A-047'),
  ...because('a sensor has no status call: a capture rejects with the code of its state', 'A-048', 'A-054'),
  ...because('every sample is a BIR with an ANSI 381 image: no format is negotiated', 'A-049'),
  ...because('a capture returns its sample: there is no buffer that could be too small', 'A-055'),
  ...because('an abort is a signal: it returns nothing, cannot fail and cannot wait', 'A-058', 'A-059'),
  ...because('the sample is the result of the capture: it cannot be asked for without one', 'A-065'),
  ...because('a sensor has no modes', 'A-067', 'A-232'),
  ...because('a sensor has no indicator functions; the capability bit of a reader is passed on as it is', 'A-068'),
  ...because('a power change is one of two words of a type, not a code', 'A-069'),
  ...because('information is a property of an adapter and has no size to be given', 'A-070'),
  ...because('a sensor is given neither engine nor storage, so it cannot call them', 'A-072'),
  ...because(
    'an engine keeps no state of a unit: features, templates and enrollments are values of the service',
    'A-089',
    'A-101',
  ),
  ...because('features and templates are what the calls return: there is nothing to export by flags', 'A-094'),
  ...because('a payload is one array that knows its length', 'A-112'),
  ...because(
    'there is no secure matching: no engine runs apart from the service and shares a key with a sensor',
    'A-123',
    'A-124',
    'A-125',
  ),
  ...because(
    'a selector without an identity selects every owner: there is no wildcard value that could be wrong',
    'A-144',
  ),
  ...because(
    'a path comes from the state directory or the configuration and is never invented by the storage',
    'A-167',
  ),
  ...because('there is no device driver with an Exclusive setting: a source reports the sensors it may open', 'A-225'),
  ...because(
    'adapters are named in one place of one configuration: no global entry exists that could override it',
    'A-226',
  ),
  ...because('a sensor does not report itself unavailable: its source reports it as removed (A-230, A-235)', 'A-237'),
];
