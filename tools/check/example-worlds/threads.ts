/** What examples of an engine on threads find around them. */

import type { ThreadedEngine } from '../../../src/exports/whorl/fingerprint.ts';

export declare const engine: ThreadedEngine;
/** A file as it was uploaded. */
export declare const upload: Uint8Array;
export declare const features: Uint8Array;
export declare const template: Uint8Array;
export declare const signal: AbortSignal;
