/** A module at a service inside an application, whose thread cannot open the port itself. */

import { writeSync } from 'node:fs';
import { expect, test } from 'vitest';
import { connect } from '../../../src/exports/whorl/index.ts';
import { openPseudoTerminal } from '../../../src/testkit/serial/pseudo-terminal.ts';
import { ZfmEmulator } from '../../../src/testkit/serial/zfm-emulator.ts';
import { temporaryFolder } from '../../daemon/start.ts';
import { NO_PORTS } from './whorl-at-module.ts';

if (NO_PORTS !== undefined) writeSync(2, `modules on a port: ${NO_PORTS}\n`);

test.skipIf(NO_PORTS)(
  'an embedded service has the pictures of a module, says how much of one has come, and ends',
  async () => {
    using folder = temporaryFolder();
    const port = `${folder.path}/module`;
    const emulator = new ZfmEmulator({ paced: true, highestBaudRate: 115_200 });
    await using terminal = await openPseudoTerminal(port);
    using _ = emulator.attach(terminal.stream);
    const readers = [{ kind: 'serial', port, mode: 'image', baud: 57_600 } as const];
    await using service = await connect({ embedded: { state: 'memory', readers, engineThreads: 1 } });
    await using session = await service.openSession();
    let ended = false;
    const outcome = session.identify().finally(() => {
      ended = true;
    });
    emulator.touch(1);
    const progress = async () => (await service.administration.health()).units[0]?.progress ?? 0;
    let seen = 0;
    while (!ended && seen === 0) seen = await progress();
    expect(seen).toBeGreaterThan(0);
    expect((await outcome).kind).toBe('unknown-identity');
    expect(emulator.baudRate).toBe(115_200);
  },
);
