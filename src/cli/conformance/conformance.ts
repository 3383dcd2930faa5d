/** `whorl conformance`: tests an adapter against the clauses of its contract. */

import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { BiometricError } from '../../core/biometric-error.ts';
import * as testkit from '../../exports/whorl/testkit.ts';
import { printSuite, runSuite } from './run-suite.ts';

/** Options of the command. */
export interface ConformanceOptions {
  readonly json?: boolean;
}

type Suite = (factory: never, lacks?: never) => readonly testkit.AdapterTest[];

const SUITES: Readonly<Record<string, Suite>> = {
  sensor: testkit.sensorSuite,
  engine: testkit.engineSuite,
  storage: testkit.storageSuite,
  device: testkit.deviceSuite,
};

/**
 * Runs the suite on the exports of `module`: `rig`, which makes a rig for each test, and optionally `lacks`, what the
 * adapter does not support. The exit code is 3 when a clause fails.
 */
export async function conformance(kind: string, module: string, { json }: ConformanceOptions): Promise<void> {
  const suite = SUITES[kind];
  if (suite === undefined) throw new BiometricError('E_INVALIDARG', `give one of ${Object.keys(SUITES).join(', ')}`);
  const { rig, lacks = [] } = await rigsOf(module);
  printSuite(kind, await runSuite(suite(rig as never, lacks as never)), json);
}

async function rigsOf(module: string): Promise<{ readonly rig: unknown; readonly lacks?: unknown }> {
  const exported = (await import(pathToFileURL(resolve(module)).href).catch((cause: unknown) => {
    throw new BiometricError('WHORL_E_CONFIGURATION', `${module} cannot be loaded`, { cause });
  })) as { readonly rig?: unknown; readonly lacks?: unknown };
  if (typeof exported.rig !== 'function') {
    throw new BiometricError('WHORL_E_CONFIGURATION', `${module} exports no function rig; see docs/adapters.md`);
  }
  return { rig: exported.rig, lacks: exported.lacks };
}
