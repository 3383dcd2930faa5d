/** A program that waits for a finger and for nothing else. */

import { loadWinBio } from '../../src/drivers/winbio/winbio-library.ts';
import { WinBioSession } from '../../src/drivers/winbio/winbio-session.ts';
import { FakeWinBio } from './fake-winbio.ts';

const winbio = new FakeWinBio();
const session = await WinBioSession.open(await loadWinBio(winbio.path), { pool: { kind: 'system' } });
// The finger keeps no process, either.
setTimeout(() => winbio.touch(1), 200).unref();
const { kind } = await session.identify();
await session.close();
process.stdout.write(`${kind}\n`);
