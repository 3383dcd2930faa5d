/** All that the tests show of `systemWinBio`, as a program without a test runner: the program for either, and the clauses. */

import { systemWinBio } from '../../../src/native/system-winbio.ts';
import { winBioSuite } from '../../../src/testkit/suites/winbio/winbio-suite.ts';
import { runEither } from '../either.ts';
import { FakeWinBio } from '../fake-winbio.ts';
import { systemRig } from '../system-rig.ts';

const library = new FakeWinBio();
const winbio = await systemWinBio({ library: library.path });
const either = await runEither({ winbio, touch: (finger) => library.touch(finger) });
const failures: string[] = [];
let passed = 0;
for (const { title, skipped, run } of winBioSuite(() => systemRig(true), ['ordinary'])) {
  if (skipped !== undefined) continue;
  await run().then(
    () => {
      passed += 1;
    },
    (thrown: unknown) => failures.push(`${title}: ${thrown}`),
  );
}
const left = [library.count('handles'), library.count('blocks')];
process.stdout.write(JSON.stringify({ platform: process.platform, either, passed, failures, left }));
