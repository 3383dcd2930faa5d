/** The fingers of an account at a reader, by the names of the bus. */

import { faultOf, type ResidentClient } from '../../composition/residents/resident-client.ts';
import { WINBIO_SUBTYPE_ANY } from '../../core/constants.ts';
import { FAILED } from '../../core/hresult.ts';
import type { SubFactor, UnitId } from '../../core/identifiers.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import {
  WINBIO_E_DATABASE_NO_SUCH_RECORD,
  WINBIO_E_DEVICE_FAILURE,
  WINBIO_E_SENSOR_UNAVAILABLE,
  WINBIO_E_UNKNOWN_ID,
} from '../../core/result-constants.ts';
import { type FprintFinger, fprintFinger } from '../../drivers/fprintd/fprint-interface.ts';
import { FprintFault } from './fprint-fault.ts';

/** A session at a reader, and whose fingers. */
export interface FingersOf {
  readonly client: ResidentClient;
  readonly handle: number;
  readonly unitId: UnitId;
  /** Undefined for a name that no account has, which has no fingers either. */
  readonly owner: OwnerIdentity | undefined;
}

/** What the account has enrolled. Rejects with NoEnrolledPrints for nothing, and with what the service refuses it with. */
export async function enrolledFingers({ client, handle, unitId, owner }: FingersOf): Promise<readonly FprintFinger[]> {
  const completion = owner && (await client.submit(handle, { kind: 'enum-enrollments', unitId, identity: owner }));
  if (completion && FAILED(completion.hresult) && completion.hresult !== WINBIO_E_UNKNOWN_ID) throw faultOf(completion);
  const fingers = (completion?.values.subFactors ?? []).flatMap((subFactor) => fprintFinger(subFactor) ?? []);
  if (fingers.length === 0) throw noPrints('the user has no fingers enrolled');
  return fingers;
}

/** Deletes a finger of the account, or all. Rejects with NoEnrolledPrints, PrintsNotDeleted, PrintsNotDeletedFromDevice. */
export async function deleteFingers(
  { client, handle, unitId, owner }: FingersOf,
  subFactor: SubFactor = WINBIO_SUBTYPE_ANY,
): Promise<void> {
  if (owner === undefined) throw noPrints('the user has no fingers enrolled');
  const completion = await client.submit(handle, { kind: 'delete-template', unitId, identity: owner, subFactor });
  const { hresult, reason = hresult } = completion;
  if (!FAILED(hresult)) return;
  if (hresult === WINBIO_E_DATABASE_NO_SUCH_RECORD || hresult === WINBIO_E_UNKNOWN_ID) {
    throw noPrints('the user has no such finger enrolled');
  }
  const { code, message } = faultOf(completion);
  const onDevice = reason === WINBIO_E_DEVICE_FAILURE || reason === WINBIO_E_SENSOR_UNAVAILABLE;
  throw new FprintFault(onDevice ? 'printsNotDeletedFromDevice' : 'printsNotDeleted', `${code}: ${message}`);
}

function noPrints(text: string): FprintFault {
  return new FprintFault('noEnrolledPrints', text);
}
