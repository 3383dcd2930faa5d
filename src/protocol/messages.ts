/** The messages between a client and the service, the same over every transport. */

import type { SerializedBiometricError } from '../core/biometric-error.ts';
import type { OpenFrameworkRequest, OpenSessionRequest, OperationRequest } from '../core/operation-request.ts';
import type { Completion, MonitorEvent } from '../core/operation-result.ts';
import type { ServiceCall } from '../core/service-call.ts';

/** Both ends name it in their first message; the versions must be equal. */
export const PROTOCOL_VERSION = 1;

/** Messages of the client. Each request has a fresh `id`, which the service answers exactly once. */
export type ClientMessage =
  /** The first message; `token`, from pairing, vouches for a client that the system cannot identify. */
  | { readonly type: 'hello'; readonly version: number; readonly token?: string }
  | { readonly type: 'open'; readonly id: number; readonly request: OpenSessionRequest | OpenFrameworkRequest }
  | { readonly type: 'submit'; readonly id: number; readonly handle: number; readonly request: OperationRequest }
  | { readonly type: 'call'; readonly id: number; readonly request: ServiceCall }
  | { readonly type: 'extension'; readonly id: number; readonly name: string; readonly body: unknown }
  /** Cancels the operation requested under this id; it has no answer of its own. */
  | { readonly type: 'withdraw'; readonly id: number };

/** Messages of the service. */
export type ServiceMessage =
  | { readonly type: 'welcome'; readonly version: number }
  /** The connection ends here; the error names its stage. */
  | { readonly type: 'refused'; readonly error: SerializedBiometricError }
  | { readonly type: 'done'; readonly id: number; readonly completion: Completion; readonly handle?: number }
  | {
      readonly type: 'event';
      readonly id: number;
      readonly event: MonitorEvent;
      readonly completion: Omit<Completion, 'values' | 'unitId'>;
    }
  | { readonly type: 'answer'; readonly id: number; readonly body: unknown }
  | { readonly type: 'fault'; readonly id: number; readonly error: SerializedBiometricError };
