/** Who may do what, cell by cell. WBF: service 8. A cell is allowed unless it is refused with E_ACCESSDENIED. */

import { expect, test } from 'vitest';
import { type Identity, isBiometricError, type Session } from '../../src/exports/whorl/index.ts';
import { createHost, type Host, type HostProcess } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';

const ROLES = {
  'ordinary user': { mayEnroll: false },
  'user who may enroll': { mayEnroll: true },
  administrator: { administrator: true, mayEnroll: false },
  'local system': { localSystem: true, mayEnroll: false },
} as const;
type Role = keyof typeof ROLES;

const EVERYBODY: readonly Role[] = ['ordinary user', 'user who may enroll', 'administrator', 'local system'];
const PRIVILEGED: readonly Role[] = ['administrator', 'local system'];
const ENABLE = Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0);
const OTHER = { type: 'sid', sid: 'S-1-5-21-9-9-9-9999' } as const;

interface Cell {
  readonly host: Host;
  readonly process: HostProcess;
  /** A session with every right its process may have. */
  readonly session: () => Promise<Session>;
}

const own = ({ process }: Cell) => ({ type: 'sid', sid: process.user }) as const;
const set = async ({ process }: Cell, identity: Identity, buffer: Uint8Array) => {
  const handle = w.out<number>();
  const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool } = w;
  await process.winbio.WinBioOpenSession(factor, pool, 0, null, 0, w.WINBIO_DB_DEFAULT, handle);
  const { WINBIO_PROPERTY_TYPE_ACCOUNT: type, WINBIO_PROPERTY_ANTI_SPOOF_POLICY: id } = w;
  return await process.winbio.WinBioSetProperty(
    handle.value ?? 0,
    type,
    id,
    0,
    w.toWinbioIdentity(identity),
    0,
    buffer,
    buffer.length,
  );
};
const control = async ({ process }: Cell, privileged: boolean) => {
  const handle = w.out<number>();
  const flags = process.user === 'S-1-5-18' || privileged ? w.WINBIO_FLAG_MAINTENANCE : 0;
  const open = process.winbio.WinBioOpenSession;
  const hr = await open(w.WINBIO_TYPE_FINGERPRINT, w.WINBIO_POOL_SYSTEM, flags, null, 0, w.WINBIO_DB_DEFAULT, handle);
  if (w.FAILED(hr)) return hr;
  await process.winbio.WinBioLockUnit(handle.value ?? 0, 1);
  const { WinBioControlUnit, WinBioControlUnitPrivileged } = process.winbio;
  const call = privileged ? WinBioControlUnitPrivileged : WinBioControlUnit;
  const buffer = new Uint8Array(4);
  return await call(handle.value ?? 0, 1, w.WINBIO_COMPONENT_SENSOR, 1, buffer, 4, buffer, 4, w.out(), w.out());
};

const ROWS: readonly [string, readonly Role[], (cell: Cell) => Promise<unknown>][] = [
  ['open a system session', EVERYBODY, ({ session }) => session()],
  [
    'open a private session that leaves a unit to the others',
    EVERYBODY,
    ({ process, host }) =>
      process.service.openSession({ pool: 'private', databaseId: host.privateDatabaseId, unitIds: [1] }),
  ],
  [
    'take the last unit of the system pool',
    PRIVILEGED,
    ({ process, host }) =>
      process.service.openSession({ pool: 'private', databaseId: host.privateDatabaseId, unitIds: [1, 2] }),
  ],
  ['open a session for raw samples', PRIVILEGED, ({ process }) => process.service.openSession({ access: ['raw'] })],
  [
    'open a session for maintenance',
    PRIVILEGED,
    ({ process }) => process.service.openSession({ access: ['maintenance'] }),
  ],
  ['enumerate units', EVERYBODY, ({ process }) => process.service.units()],
  ['enumerate databases', EVERYBODY, ({ process }) => process.service.databases()],
  ['enumerate providers', EVERYBODY, ({ process }) => process.service.providers()],
  [
    'enroll for the own account',
    ['user who may enroll', ...PRIVILEGED],
    async ({ session }) => (await session()).beginEnrollment({ finger: 'right-index', unitId: 1 }),
  ],
  ['identify', EVERYBODY, async ({ session }) => (await session()).identify()],
  ['verify', EVERYBODY, async (cell) => (await cell.session()).verify({ identity: own(cell) })],
  ['locate a sensor', EVERYBODY, async ({ session }) => (await session()).locate()],
  ['capture a sample', PRIVILEGED, async ({ session }) => (await session()).capture()],
  ['enumerate enrollments', EVERYBODY, async ({ session }) => (await session()).enrollments(OTHER, { unitId: 1 })],
  [
    'delete own templates',
    EVERYBODY,
    async (cell) => (await cell.session()).deleteTemplate({ identity: own(cell), unitId: 1 }),
  ],
  [
    'delete templates of another account',
    PRIVILEGED,
    async ({ session }) => (await session()).deleteTemplate({ identity: OTHER, unitId: 1 }),
  ],
  [
    'delete templates of everybody',
    PRIVILEGED,
    async ({ session }) => (await session()).deleteTemplate({ identity: { type: 'wildcard' }, unitId: 1 }),
  ],
  ['lock a unit', EVERYBODY, async ({ session }) => (await session()).lockUnit(1)],
  ['control a locked unit', EVERYBODY, (cell) => control(cell, false)],
  ['control a locked unit with privilege', PRIVILEGED, (cell) => control(cell, true)],
  ['acquire the focus', ['local system'], ({ process }) => process.winbio.WinBioAcquireFocus()],
  ['release the focus', ['local system'], ({ process }) => process.winbio.WinBioReleaseFocus()],
  ['set the own anti-spoof policy', EVERYBODY, (cell) => set(cell, own(cell), ENABLE)],
  ["set another account's anti-spoof policy", PRIVILEGED, (cell) => set(cell, OTHER, ENABLE)],
  ['set the default anti-spoof policy', PRIVILEGED, (cell) => set(cell, { type: 'wildcard' }, ENABLE)],
  ['remove all credentials', PRIVILEGED, ({ process }) => process.winbio.WinBioRemoveAllCredentials()],
];

const CELLS = ROWS.flatMap(([action, allowed, act]) =>
  EVERYBODY.map((role) => [action, role, allowed.includes(role), act] as const),
);

test.each(CELLS)('%s, as %s: allowed is %s', async (_, role, allowed, act) => {
  await using host = await createHost({ readers: 2 });
  const process = host.process(ROLES[role]);
  const privileged = PRIVILEGED.includes(role);
  const session = () => process.service.openSession({ access: privileged ? ['raw', 'maintenance'] : [] });
  const outcome = act({ host, process, session }).then(
    (value) => (value === w.E_ACCESSDENIED ? 'refused' : 'allowed'),
    (thrown: unknown) => (isBiometricError(thrown) && thrown.code === 'E_ACCESSDENIED' ? 'refused' : 'allowed'),
  );
  await host.settle();
  // An operation that waits for a finger was allowed.
  expect(await Promise.race([outcome, host.settle().then(() => 'allowed')])).toBe(allowed ? 'allowed' : 'refused');
});

test('nobody opens the system pool from a remote session', async () => {
  await using host = await createHost({ readers: 1 });
  for (const role of EVERYBODY) {
    const remote = host.process({ ...ROLES[role], remote: true });
    await expect(remote.service.openSession()).rejects.toMatchObject({ code: 'WINBIO_E_NOT_ACTIVE_CONSOLE' });
    const options = { pool: 'private', databaseId: host.privateDatabaseId, unitIds: [1] } as const;
    if (PRIVILEGED.includes(role)) await (await remote.service.openSession(options)).close();
  }
});
