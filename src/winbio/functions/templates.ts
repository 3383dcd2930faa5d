/** Listing and deleting templates. WBF: operations 3. */

import type { HRESULT } from '../../core/hresult.ts';
import type { WINBIO_IDENTITY } from '../identity.ts';
import { operate } from '../operate.ts';
import { fill, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';
import { identityArgument } from './identity-argument.ts';

/** Functions on the templates of an identity. */
export function templateFunctions(process: WinBioProcess) {
  return {
    /**
     * Lists the fingers an identity has enrolled in the database of a unit; the program frees the array.
     * WBF: operations 3.1.
     *
     * Handles: synchronous and asynchronous sessions. Notice: ENUM_ENROLLMENTS.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK, WINBIO_E_UNKNOWN_ID, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_INVALID_UNIT,
     * WINBIO_E_INCORRECT_SENSOR_POOL, WINBIO_E_LOCK_VIOLATION, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioEnumEnrollments` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param UnitId - Unit to use; not 0.
     * @param Identity - Owner of the templates: a SID in the system pool, a GUID in a private one.
     * @param SubFactorArray - Receives the fingers, one byte each; null on failure.
     * @param SubFactorCount - Receives their number.
     *
     * @example
     * ```ts
     * const [fingers, count] = [out<Uint8Array | null>(null), out(0)];
     * const owner = toWinbioIdentity({ type: 'sid', sid: 'S-1-22-1-1000' });
     * const hr = await WinBioEnumEnrollments(session.value, unit.value, owner, fingers, count);
     * if (hr === S_OK) WinBioFree(fingers.value);
     * ```
     */
    WinBioEnumEnrollments(
      SessionHandle: number,
      UnitId: number,
      Identity: WINBIO_IDENTITY | null | undefined,
      SubFactorArray: OutParameter<Uint8Array | null>,
      SubFactorCount: OutParameter<number>,
    ): Promise<HRESULT> {
      return operate(process, SessionHandle, {
        request: { kind: 'enum-enrollments', unitId: UnitId, identity: identityArgument(Identity) },
        pointers: [Identity],
        outputs: [SubFactorArray, SubFactorCount],
        write: ({ subFactors = [] }) => {
          fill(SubFactorArray, subFactors.length > 0 ? process.blocks.issue(Uint8Array.from(subFactors)) : null);
          fill(SubFactorCount, subFactors.length);
        },
      });
    },

    /**
     * Deletes templates in the database of a unit. The wildcard identity deletes those of every owner, for
     * administrators only (D-23). WBF: operations 3.2.
     *
     * Handles: synchronous and asynchronous sessions. Notice: DELETE_TEMPLATE.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG.
     *
     * Ends with S_OK, WINBIO_E_DATABASE_NO_SUCH_RECORD, E_ACCESSDENIED, WINBIO_E_ENROLLMENT_IN_PROGRESS,
     * WINBIO_E_INVALID_UNIT, WINBIO_E_INCORRECT_SENSOR_POOL, WINBIO_E_LOCK_VIOLATION, WINBIO_E_DATABASE_LOCKED,
     * WINBIO_E_DATABASE_WRITE_ERROR, WINBIO_E_CANCELED, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY,
     * WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioDeleteTemplate` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param UnitId - Unit to use; not 0.
     * @param Identity - Owner of the templates, or the wildcard.
     * @param SubFactor - Finger to delete, or `WINBIO_SUBTYPE_ANY`.
     *
     * @example
     * ```ts
     * const owner = toWinbioIdentity({ type: 'sid', sid: 'S-1-22-1-1000' });
     * const hr = await WinBioDeleteTemplate(session.value, unit.value, owner, WINBIO_SUBTYPE_ANY);
     * ```
     */
    WinBioDeleteTemplate(
      SessionHandle: number,
      UnitId: number,
      Identity: WINBIO_IDENTITY | null | undefined,
      SubFactor: number,
    ): Promise<HRESULT> {
      const identity = identityArgument(Identity);
      return operate(process, SessionHandle, {
        request: { kind: 'delete-template', unitId: UnitId, identity, subFactor: SubFactor },
        pointers: [Identity],
      });
    },
  };
}
