/** `whorl conformance winbio`: tests the winbio.dll of this machine against the clauses of the client interface. */

import { winBioSuite } from '../../exports/whorl/testkit.ts';
import { interruptSignal } from '../interruption.ts';
import { printSuite, runSuite } from './run-suite.ts';
import { type WinBioLibraryOptions, winBioLibrary } from './winbio-library.ts';

/** Options of the command. */
export interface WinBioConformanceOptions extends WinBioLibraryOptions {
  readonly json?: boolean;
}

/**
 * Runs the suite, with a person at the reader if one is there. Ctrl+C cancels what waits and ends it. The exit code is 3
 * when a clause fails. Rejects with WHORL_E_CONFIGURATION without Windows, unless a library is named, and without koffi.
 */
export async function winbioConformance({ json, ...options }: WinBioConformanceOptions): Promise<void> {
  using interruption = interruptSignal();
  await using library = await winBioLibrary(options, interruption.signal);
  const tests = winBioSuite(async () => library.rig, library.lacks);
  printSuite('winbio', await runSuite(tests, interruption.signal), json);
}
