/** What travels between a client and the service: one schema for every transport. */

import type { SerializedBiometricError } from '../core/biometric-error.ts';
import type { OpenFrameworkRequest, OpenSessionRequest, OperationRequest } from '../core/operation-request.ts';
import type { Completion, MonitorEvent } from '../core/operation-result.ts';
import type { ServiceCall } from '../core/service-call.ts';

/** Version both ends name in their first message; they must be equal. */
export const PROTOCOL_VERSION = 1;

/** From the client. Every `id` is new; the service answers each of them exactly once, `withdraw` excepted. */
export type ClientMessage =
  /** First of all; `token` is what pairing gave a client that the system does not vouch for. */
  | { readonly type: 'hello'; readonly version: number; readonly token?: string }
  | { readonly type: 'open'; readonly id: number; readonly request: OpenSessionRequest | OpenFrameworkRequest }
  | { readonly type: 'submit'; readonly id: number; readonly handle: number; readonly request: OperationRequest }
  | { readonly type: 'call'; readonly id: number; readonly request: ServiceCall }
  | { readonly type: 'extension'; readonly id: number; readonly name: string; readonly body: unknown }
  /** Cancels the one operation whose request had this id. */
  | { readonly type: 'withdraw'; readonly id: number };

/** From the service. */
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
