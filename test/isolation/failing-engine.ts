/** Whorl's engine, failing when it is told to. */

import { defineAdapter } from '../../src/adapters/adapter-module.ts';
import type { ControlRequest } from '../../src/adapters/control.ts';
import { FingerprintEngine } from '../../src/fingerprint/engine/fingerprint-engine.ts';
import { WAYS_TO_FAIL } from './ways-to-fail.ts';

class FailingEngine extends FingerprintEngine {
  override async control({ code }: ControlRequest) {
    WAYS_TO_FAIL[code]?.[1]();
    return await new Promise<never>(() => {});
  }
}

export const adapter = defineAdapter({
  kind: 'engine',
  name: 'failing',
  version: '1.0.0',
  contract: '1.0',
  capabilities: ['control', 'hashing'],
  create: () => new FailingEngine(),
});
