/** A program that waits for a finger and for nothing else, on a session of the kind that is named; `exit` after that ends it meanwhile. */

import * as c from '../../src/core/constants.ts';
import { systemWinBio } from '../../src/native/system-winbio.ts';
import { WINBIO_DB_DEFAULT } from '../../src/winbio/database-id.ts';
import { out } from '../../src/winbio/out.ts';
import { FakeWinBio } from './fake-winbio.ts';

const library = new FakeWinBio();
const winbio = await systemWinBio({ library: library.path });
const session = out(0);
const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool, WINBIO_ASYNC_NOTIFY_CALLBACK: byCallback } = c;
if (process.argv[2] === 'asynchronous') {
  const open = winbio.WinBioAsyncOpenSession;
  const told = ({ Operation }: { readonly Operation: number }) => {
    process.stdout.write(`${Operation}\n`);
    if (Operation === c.WINBIO_OPERATION_IDENTIFY) void winbio.WinBioCloseSession(session.value);
  };
  await open(factor, pool, 0, null, 0, WINBIO_DB_DEFAULT, byCallback, null, 0, told, null, false, session);
  await winbio.WinBioIdentify(session.value, null, null, null, null);
  if (process.argv[3] === 'exit') {
    void winbio.WinBioWait(session.value);
    await library.until('waits', 1);
    setImmediate(() => process.exit(3));
  }
  // The finger keeps no process, either.
  setTimeout(() => library.touch(1), 200).unref();
} else {
  await winbio.WinBioOpenSession(factor, pool, 0, null, 0, WINBIO_DB_DEFAULT, session);
  const identifying = winbio.WinBioIdentify(session.value, out(0), out(), out(0), out(0));
  if (process.argv[3] === 'exit') {
    await library.until('waits', 1);
    process.exit(3);
  }
  setTimeout(() => library.touch(1), 200).unref();
  process.stdout.write(`${(await identifying).toString(16)}\n`);
  await winbio.WinBioCloseSession(session.value);
}
