/** Whether a door opens, and what it says: rules in the order in which the first that applies is told. */

import type { Door, DoorAnswer } from '../../core/door.ts';
import type { Completion } from '../../core/operation-result.ts';
import { isWithin, type LocalMoment } from '../../core/person-validity.ts';
import { WINBIO_E_BAD_CAPTURE, WINBIO_E_UNKNOWN_ID } from '../../core/result-constants.ts';

/** What a door says, without when. */
export type DoorDecision = Omit<DoorAnswer, 'atMs'>;

/** What came of an identification at the reader of a door; undefined when it is no answer to anybody. */
export function doorDecision(
  { groups, hours }: Pick<Door, 'groups' | 'hours'>,
  { hresult, values }: Pick<Completion, 'hresult' | 'values'>,
  moment: LocalMoment,
): DoorDecision | undefined {
  if (hresult === WINBIO_E_BAD_CAPTURE) return { kind: 'rejected', rejectDetail: values.rejectDetail ?? 0 };
  if (hresult === WINBIO_E_UNKNOWN_ID) return { kind: 'unknown' };
  if (hresult !== 0) return undefined;
  const { person } = values;
  const name = person === undefined ? {} : { name: person.name };
  if (person?.invalid !== undefined) return { kind: 'not-valid', reason: person.invalid, ...name };
  if (groups !== undefined && !groups.some((group) => person?.groups.includes(group) === true)) {
    return { kind: 'not-valid', reason: 'group', ...name };
  }
  if (hours !== undefined && !isWithin(hours, moment)) return { kind: 'not-valid', reason: 'door-hours', ...name };
  return { kind: 'opened', ...name };
}
