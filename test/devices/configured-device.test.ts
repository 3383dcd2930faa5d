/** A reader that matches inside, from the configuration of a service to what is left in its state directory. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { connect, type ServiceConfiguration, type WhorlService } from '../../src/exports/whorl/index.ts';

const MODULE = fileURLToPath(new URL('self-touching-device.ts', import.meta.url));

interface Run {
  readonly planted?: readonly number[];
  readonly touches?: readonly number[];
  readonly isolate?: false;
  readonly policy?: ServiceConfiguration['policy'];
}

function stateFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'whorl-device-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function started(directory: string, { isolate, policy, ...options }: Run): Promise<WhorlService> {
  const reader = {
    kind: 'module',
    name: 'door',
    module: MODULE,
    options,
    ...(isolate === false && { isolate }),
  } as const;
  return connect({ embedded: { state: { directory }, readers: [reader], engineThreads: 1, policy } });
}

async function enroll(service: WhorlService): Promise<void> {
  await using session = await service.openSession();
  const enrollment = await session.beginEnrollment({ finger: 'right-index' });
  for await (const step of enrollment) expect(step.kind).not.toBe('rejected');
  expect(await enrollment.commit()).toMatchObject({ kind: 'stored' });
}

test.each([
  ['in a process of its own', undefined],
  ['in the process of the service', false as const],
])('a module %s holds a reader that enrolls and, started again, knows the finger', async (_where, isolate) => {
  const directory = stateFolder();
  const run = { ...(isolate === false && { isolate }) };
  {
    await using service = await started(directory, { ...run, touches: [7, 7, 7] });
    await enroll(service);
    expect((await service.administration.readerPrints())[0]).toMatchObject({
      name: 'door',
      prints: [{ print: 'slot-1', record: { subFactor: 2 } }],
      missing: [],
    });
  }
  await using service = await started(directory, { ...run, planted: [7], touches: [7] });
  await using session = await service.openSession();
  expect(await session.identify()).toMatchObject({ kind: 'identified', subFactor: 2 });
});

test('what does not fit together is told, and brought together: prints without a record, records without a print', async () => {
  const directory = stateFolder();
  const isolate = false;
  {
    await using service = await started(directory, { isolate, touches: [7, 7, 7] });
    await enroll(service);
  }
  {
    // Another reader's prints in the place of ours: slot-1 is a record's, and two are nobody's.
    await using service = await started(directory, { isolate, planted: [7, 8, 9], touches: [8] });
    const { administration } = service;
    const [reader] = await administration.readerPrints();
    expect(reader?.prints?.map(({ print, record }) => [print, record?.subFactor])).toEqual([
      ['slot-1', 2],
      ['slot-2', undefined],
      ['slot-3', undefined],
    ]);
    const { sid } = await administration.whoAmI();
    const identity = { type: 'sid', sid } as const;
    const unitId = reader?.unitId ?? 0;
    await administration.changePrint({ kind: 'remove', unitId, print: 'slot-3' });
    await administration.changePrint({ kind: 'adopt', unitId, print: 'slot-2', identity, subFactor: 7 });
    const known = administration.changePrint({ kind: 'remove', unitId, print: 'slot-1' });
    await expect(known).rejects.toMatchObject({ code: 'E_INVALIDARG' });
    await using session = await service.openSession();
    expect(await session.identify()).toMatchObject({ kind: 'identified', subFactor: 7, identity });
    const [database] = await service.databases();
    expect(await administration.owners(database?.databaseId ?? '')).toEqual([{ identity, subFactors: [2, 7] }]);
  }
  await using service = await started(directory, { isolate });
  const { administration } = service;
  expect((await administration.status()).faults.length).toBeGreaterThan(0);
  const [reader] = await administration.readerPrints();
  expect(reader?.missing.map(({ print }) => print)).toEqual(['slot-1', 'slot-2']);
  for (const { print } of reader?.missing ?? []) {
    await administration.changePrint({ kind: 'forget', unitId: reader?.unitId ?? 0, print });
  }
  expect(await administration.readerPrints()).toMatchObject([{ prints: [], missing: [] }]);
});

test('unknown fingers lock it as any reader, and keys are rotated and its records backed up while it is there', async () => {
  const attempts = { perReader: 2, lockSeconds: 3600 };
  const directory = stateFolder();
  await using service = await started(directory, { isolate: false, touches: [7, 7, 7, 8, 9, 7], policy: { attempts } });
  await enroll(service);
  expect(await service.channel.ask('administration', { kind: 'rotate-keys' })).toMatchObject({ resealed: 1 });
  const backup = join(stateFolder(), 'backup');
  expect(await service.channel.ask('administration', { kind: 'backup', path: backup })).toMatchObject({ templates: 1 });
  await using session = await service.openSession();
  for (let i = 0; i < 2; i++) expect((await session.identify()).kind).toBe('unknown-identity');
  await expect(session.identify()).rejects.toMatchObject({ code: 'WINBIO_E_CRED_PROV_SECURITY_LOCKOUT' });
  expect(await service.administration.locks()).toMatchObject([{ kind: 'reader', name: 'door' }]);
});
