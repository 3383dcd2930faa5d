/** Properties of units and accounts. WBF: operations 4. */

import type { HRESULT } from '../../core/hresult.ts';
import type { WINBIO_IDENTITY } from '../identity.ts';
import { operate } from '../operate.ts';
import { fill, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';
import { identityArgument } from './identity-argument.ts';

/** Functions that read and write properties. */
export function propertyFunctions(process: WinBioProcess) {
  return {
    /**
     * Reads a property; the program frees the buffer. WBF: operations 4.1.
     *
     * Handles: synchronous and asynchronous sessions. Notice: GET_PROPERTY.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG,
     * WINBIO_E_INVALID_PROPERTY_TYPE, WINBIO_E_INVALID_PROPERTY_ID.
     *
     * Ends with S_OK, WINBIO_E_UNSUPPORTED_PROPERTY, WINBIO_E_ENROLLMENT_IN_PROGRESS, WINBIO_E_INVALID_UNIT,
     * WINBIO_E_INCORRECT_SENSOR_POOL, WINBIO_E_LOCK_VIOLATION, WINBIO_E_CANCELED, WINBIO_E_DISABLED,
     * WINBIO_E_SESSION_BUSY, E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioGetProperty` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param PropertyType - `WINBIO_PROPERTY_TYPE_UNIT` or `WINBIO_PROPERTY_TYPE_ACCOUNT`.
     * @param PropertyId - A `WINBIO_PROPERTY_*` of that type.
     * @param UnitId - Unit of a unit property; 0 for `WINBIO_PROPERTY_FP_BU_STATE` and for accounts.
     * @param Identity - Null for a unit property; for an account its SID, null for the own, or the wildcard for the
     * default.
     * @param SubFactor - `WINBIO_SUBTYPE_NO_INFORMATION`.
     * @param PropertyBuffer - Receives the value, in its documented layout; null on failure.
     * @param PropertyBufferSize - Receives its length.
     *
     * @example
     * ```ts
     * const [buffer, size] = [out<Uint8Array | null>(null), out(0)];
     * const hr = await WinBioGetProperty(
     *   session.value, WINBIO_PROPERTY_TYPE_UNIT, WINBIO_PROPERTY_SAMPLE_HINT, unit.value, null, 0, buffer, size,
     * );
     * ```
     */
    WinBioGetProperty(
      SessionHandle: number,
      PropertyType: number,
      PropertyId: number,
      UnitId: number,
      Identity: WINBIO_IDENTITY | null | undefined,
      SubFactor: number,
      PropertyBuffer: OutParameter<Uint8Array | null>,
      PropertyBufferSize: OutParameter<number>,
    ): Promise<HRESULT> {
      return operate(process, SessionHandle, {
        request: {
          kind: 'get-property',
          propertyType: PropertyType,
          propertyId: PropertyId,
          unitId: UnitId,
          // Null is legal here (D-24).
          identity: Identity === null || Identity === undefined ? null : identityArgument(Identity),
          subFactor: SubFactor,
        },
        outputs: [PropertyBuffer, PropertyBufferSize],
        write: ({ property }) => {
          fill(PropertyBuffer, property === undefined ? null : process.blocks.issue(property));
          fill(PropertyBufferSize, property?.length ?? 0);
        },
      });
    },

    /**
     * Writes the anti-spoof policy of an account, the one property that can be written; the buffer stays with the
     * caller. WBF: operations 4.2.
     *
     * Handles: synchronous and asynchronous sessions. Notice: SET_PROPERTY.
     *
     * Refused with E_HANDLE, WINBIO_E_INCORRECT_SESSION_TYPE, WINBIO_E_SESSION_HANDLE_CLOSED, E_POINTER, E_INVALIDARG,
     * WINBIO_E_INVALID_PROPERTY_TYPE, WINBIO_E_INVALID_PROPERTY_ID.
     *
     * Ends with S_OK, E_INVALIDARG, E_ACCESSDENIED, WINBIO_E_CANCELED, WINBIO_E_DISABLED, WINBIO_E_SESSION_BUSY,
     * E_OUTOFMEMORY, WHORL_E_CONNECTION_LOST.
     *
     * WinBio documentation: `WinBioSetProperty` function.
     *
     * @param SessionHandle - Handle of an open session.
     * @param PropertyType - `WINBIO_PROPERTY_TYPE_ACCOUNT`.
     * @param PropertyId - `WINBIO_PROPERTY_ANTI_SPOOF_POLICY`.
     * @param UnitId - 0.
     * @param Identity - SID of the account, or the wildcard for the default.
     * @param SubFactor - `WINBIO_SUBTYPE_NO_INFORMATION`.
     * @param PropertyBuffer - A WINBIO_ANTI_SPOOF_POLICY; only its action counts.
     * @param PropertyBufferSize - 8.
     *
     * @example
     * ```ts
     * const account = toWinbioIdentity({ type: 'sid', sid: 'S-1-22-1-1000' });
     * const policy = Uint8Array.of(WINBIO_ANTI_SPOOF_ENABLE, 0, 0, 0, 0, 0, 0, 0);
     * const hr = await WinBioSetProperty(
     *   session.value, WINBIO_PROPERTY_TYPE_ACCOUNT, WINBIO_PROPERTY_ANTI_SPOOF_POLICY, 0, account, 0, policy, 8,
     * );
     * ```
     */
    WinBioSetProperty(
      SessionHandle: number,
      PropertyType: number,
      PropertyId: number,
      UnitId: number,
      Identity: WINBIO_IDENTITY | null | undefined,
      SubFactor: number,
      PropertyBuffer: Uint8Array | null | undefined,
      PropertyBufferSize: number,
    ): Promise<HRESULT> {
      const bytes = PropertyBuffer instanceof Uint8Array ? PropertyBuffer : new Uint8Array();
      const fits =
        Number.isInteger(PropertyBufferSize) && PropertyBufferSize >= 0 && PropertyBufferSize <= bytes.length;
      return operate(process, SessionHandle, {
        request: {
          kind: 'set-property',
          propertyType: PropertyType,
          propertyId: PropertyId,
          unitId: UnitId,
          identity: identityArgument(Identity),
          subFactor: SubFactor,
          // The argument rules refuse an empty value: the buffer is shorter than its stated size.
          value: bytes.slice(0, fits ? PropertyBufferSize : 0),
        },
        pointers: [Identity, PropertyBuffer],
      });
    },
  };
}
