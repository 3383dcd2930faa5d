/**
 * Opens, uses and closes many sessions, then prints what is left as JSON. With `keep` no block is freed, which proves
 * that the test notices leaks. Usage: node --expose-gc test/leaks/leak-program.ts <operations> <sessions> [keep]
 */

import { connect } from '../../src/exports/whorl/connect.ts';
import { createHost } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';

const [operations = 0, sessions = 0] = process.argv.slice(2, 4).map(Number);
const keep = process.argv[4] === 'keep';
const perSession = Math.ceil(operations / sessions);
const atStart = process.getActiveResourcesInfo();

/**
 * One session: four of five operations need no sensor; every fifth is an identification that waits its turn or is
 * canceled.
 */
async function runSession(winbio: w.WinBio): Promise<void> {
  const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool, WINBIO_ASYNC_NOTIFY_CALLBACK: method } = w;
  const handle = w.out<number>();
  let missing = perSession + 2;
  const { promise, resolve } = Promise.withResolvers<void>();
  const notice = (result: w.WINBIO_ASYNC_RESULT) => {
    if (!keep) winbio.WinBioFree(result);
    missing -= 1;
    if (missing === 0) resolve();
  };
  const open = winbio.WinBioAsyncOpenSession;
  const hr = await open(factor, pool, 0, null, 0, w.WINBIO_DB_DEFAULT, method, null, 0, notice, {}, false, handle);
  if (w.FAILED(hr)) throw new TypeError(`the session did not open: ${hr}`);
  const session = handle.value ?? 0;
  for (let i = 0; i < perSession; i++) {
    if (i % 5 === 4) await winbio.WinBioIdentify(session, null, null, null, null);
    else await winbio.WinBioEnrollSelect(session, 1n);
  }
  await winbio.WinBioCancel(session);
  await winbio.WinBioCloseSession(session);
  await promise;
}

/** Heap in bytes after a full collection. */
async function heap(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

async function growth(winbio: w.WinBio): Promise<number> {
  for (let i = 0; i < Math.max(100, sessions / 10); i++) await runSession(winbio);
  const before = await heap();
  for (let i = 0; i < sessions; i++) await runSession(winbio);
  return (await heap()) - before;
}

/** The service runs in its own thread: measures what the client keeps. */
async function clientOnly() {
  await using service = await connect({ embedded: { state: 'memory', engineThreads: 1 } });
  const winbio = w.bindWinBio(service);
  return { clientGrowth: await growth(winbio), clientBlocks: winbio.liveBlocks() };
}

/** The service runs in this thread: measures what client and service keep together. */
async function together() {
  await using host = await createHost();
  const { winbio } = host.process();
  const hostGrowth = await growth(winbio);
  await host.settle();
  return { hostGrowth, hostBlocks: winbio.liveBlocks(), idle: host.idle, timers: host.clock.pending };
}

const client = await clientOnly();
const host = await together();
await heap();
const kept = (names: readonly string[]) => names.filter((name) => !['Immediate', 'PipeWrap', 'TTYWrap'].includes(name));
const resources = kept(process.getActiveResourcesInfo());
process.stdout.write(JSON.stringify({ ...client, ...host, resources, resourcesAtStart: kept(atStart) }));
