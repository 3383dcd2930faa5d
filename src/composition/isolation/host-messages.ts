/**
 * What a service and the process of an adapter say to each other. Objects that live there have numbers that the service
 * gives: 0 is the adapter, the others are what its calls made.
 */

import type { AdapterKind } from '../../adapters/adapter-module.ts';
import type { EnrollStage, MatchingDeviceStatus } from '../../adapters/matching-device.ts';
import type { SerializedBiometricError } from '../../core/biometric-error.ts';

/** Number of the adapter itself. */
export const ADAPTER_OBJECT = 0;

/** What the process is started with, as its argument in JSON. */
export interface HostStart {
  readonly kind: AdapterKind;
  /** URL of the module. */
  readonly url: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** To the adapter's process. */
export type HostRequest =
  | HostCall
  | { readonly type: 'abort'; readonly id: number }
  | { readonly type: 'release'; readonly object: number }
  | { readonly type: 'ping' };

/** A call; one without `id` gets no answer. */
export interface HostCall {
  readonly type: 'call';
  readonly id?: number;
  readonly object: number;
  /** Name of the method, or `part.method`. */
  readonly method: string;
  readonly arguments: readonly unknown[];
  /** Objects that follow the arguments, by number. */
  readonly objects?: readonly number[];
  /** The call tells of stages while it runs. */
  readonly stages?: boolean;
  /** The call takes a signal, as its last argument. */
  readonly signal?: boolean;
  /** The result stays there, under this number. */
  readonly keep?: number;
}

/** What is copied of an object that stays there. */
export interface ObjectFacts {
  /** `info` or `descriptor`, as it has it. */
  readonly about: unknown;
  /** What it is, where sensors and devices can be. */
  readonly kind?: 'sensor' | 'device';
  /** Formats of a sensor's calibration. */
  readonly formats?: readonly string[];
  /** Names of its methods and parts. */
  readonly members: readonly string[];
}

/** From the adapter's process. */
export type HostMessage =
  | { readonly type: 'made'; readonly facts: ObjectFacts }
  | { readonly type: 'return'; readonly id: number; readonly value: unknown }
  | { readonly type: 'throw'; readonly id?: number; readonly error: SerializedBiometricError }
  | { readonly type: 'arrived'; readonly object: number; readonly facts: ObjectFacts }
  | { readonly type: 'removed'; readonly object: number }
  | { readonly type: 'finger'; readonly object: number; readonly present: boolean }
  | { readonly type: 'status'; readonly object: number; readonly status: MatchingDeviceStatus }
  | { readonly type: 'stage'; readonly id: number; readonly stage: EnrollStage }
  | { readonly type: 'pong'; readonly residentBytes: number };
