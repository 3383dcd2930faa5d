/** A service whose gallery matching nodes hold. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { randomGuid } from '../../src/core/guid.ts';
import { guidIdentity } from '../../src/core/identity.ts';
import { temporaryFolder } from '../daemon/start.ts';
import { enroll, identify } from '../support/shared-fingers.ts';
import { type SharedSite, startSite } from '../support/shared-site.ts';
import { MatchingMachines, NO_MACHINES } from './matching-machines.ts';

describe.skipIf(NO_MACHINES !== undefined)(`a service on matching nodes ${NO_MACHINES ?? ''}`, () => {
  const folder = temporaryFolder();
  let machines: MatchingMachines;
  let site: SharedSite;

  beforeAll(async () => {
    machines = await MatchingMachines.start({ people: 50, nodes: ['n1', 'n2'], deadlineMs: 3000, parts: 4 });
    site = await startSite('door', folder.path, machines.configuration('door'));
  });
  afterAll(async () => {
    await site?.[Symbol.asyncDispose]();
    await machines?.[Symbol.asyncDispose]();
    folder[Symbol.dispose]();
  });

  test('recognises who was enrolled, refuses a finger twice, and calls a stranger unknown', async () => {
    const owner = guidIdentity(randomGuid());
    expect(await enroll(site, 501, owner)).toMatchObject({ kind: 'stored', identity: owner });
    expect(await identify(site, 501)).toMatchObject({ kind: 'identified', identity: owner });
    expect(await enroll(site, 501, guidIdentity(randomGuid()))).toMatchObject({ kind: 'duplicate', identity: owner });
    expect(await identify(site, 502)).toMatchObject({ kind: 'unknown-identity' });
  });

  test('with one node of two still answers; with none it calls nobody unknown', async () => {
    await machines.endNode('n1', 'SIGKILL');
    expect(await identify(site, 501)).toMatchObject({ kind: 'identified' });
    expect(await identify(site, 503)).toMatchObject({ kind: 'unknown-identity' });
    await machines.endNode('n2', 'SIGKILL');
    await expect(identify(site, 503)).rejects.toMatchObject({ code: 'WHORL_E_INCOMPLETE' });
    const enrolling = enroll(site, 504, guidIdentity(randomGuid()));
    await expect(enrolling).rejects.toMatchObject({ code: 'WHORL_E_INCOMPLETE' });
    await machines.startNode('n1');
    await machines.untilHeld(1);
    expect(await identify(site, 501)).toMatchObject({ kind: 'identified' });
  });
});
