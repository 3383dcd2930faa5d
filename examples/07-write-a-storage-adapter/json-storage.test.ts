/** The suite on the storage, in a test runner. Run it: node --test examples/07-write-a-storage-adapter */

import { test } from 'node:test';
import { storageSuite } from 'whorl/testkit';
import { rig } from './json-storage.rig.ts';

for (const { title, skipped, run } of storageSuite(rig)) test(title, { skip: skipped ?? false }, run);
