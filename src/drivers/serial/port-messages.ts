/** What a thread and the process of its port tell each other. */

import type { SerializedBiometricError } from '../../core/biometric-error.ts';

/** To the process; each is answered by a `done` with its id. */
export type PortRequest =
  | { readonly kind: 'open'; readonly id: number; readonly path: string; readonly baudRate: number }
  | { readonly kind: 'write'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'rate'; readonly id: number; readonly baudRate: number };

/** From the process. */
export type PortMessage =
  | { readonly kind: 'done'; readonly id: number; readonly error?: SerializedBiometricError }
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'ended' };
