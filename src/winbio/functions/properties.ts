/** Properties of units and accounts. WBF: operations 4. */

import type { HRESULT } from '../../core/hresult.ts';
import type { WINBIO_IDENTITY } from '../identity.ts';
import { operate } from '../operate.ts';
import { fill, type OutParameter } from '../out.ts';
import type { WinBioProcess } from '../winbio-process.ts';
import { identityArgument } from './matching.ts';

/** Functions that read and write properties. */
export function propertyFunctions(process: WinBioProcess) {
  return {
    /** Reads a property; the client frees the buffer. WBF: operations 4.1. */
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
          // No identity is legal here (D-24).
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

    /** Writes an account's anti-spoof setting; the buffer stays the caller's. WBF: operations 4.2. */
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
          // A size the buffer does not have leaves nothing to write, which the argument rules refuse.
          value: bytes.slice(0, fits ? PropertyBufferSize : 0),
        },
        pointers: [Identity, PropertyBuffer],
      });
    },
  };
}
