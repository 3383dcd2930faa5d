/** No change without its line in the audit log, no line without a change, and no more of them than an account may cause. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { AuditLog } from '../../src/composition/state/audit-log.ts';
import { BiometricError } from '../../src/core/biometric-error.ts';
import { WINBIO_ANTI_SPOOF_DISABLE, WINBIO_ANTI_SPOOF_ENABLE } from '../../src/core/constants.ts';
import { connect, FINGERS, type Session, type WhorlService } from '../../src/exports/whorl/index.ts';
import { accountFor } from '../../src/service/access/account-for.ts';
import { AntiSpoofPolicies } from '../../src/service/access/anti-spoof.ts';
import { CHANGES_PER_MINUTE, ChangeBudget } from '../../src/service/access/change-budget.ts';
import { startHere, temporaryFolder } from '../daemon/start.ts';

afterEach(() => vi.restoreAllMocks());

const RECORD = { action: 'delete-template', sid: 'S-1-22-1-1000', hresult: 0 };
const REFUSED = { code: 'E_ACCESSDENIED' };

async function enroll(service: WhorlService, session: Session) {
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  for (let impression = 0, done = false; !done; impression++) {
    const capture = enrollment.capture();
    await service.virtualReader().touch({ person: 1, finger: 'right-index', impression });
    done = (await capture).kind === 'sufficient';
  }
  return await enrollment.commit();
}

test('an enrollment, a deletion and a rotation do not happen while the log cannot be written', async () => {
  using folder = temporaryFolder();
  await using daemon = await startHere(folder.path);
  await using service = await connect({ address: daemon.address });
  await using session = await service.openSession();
  const identity = { type: 'sid', sid: (await service.administration.whoAmI()).sid } as const;
  const broken = vi.spyOn(AuditLog.prototype, 'write').mockRejectedValue(new Error('EIO'));
  await expect(enroll(service, session)).rejects.toMatchObject(REFUSED);
  expect(await session.enrollments(identity)).toEqual([]);
  broken.mockRestore();
  await enroll(service, session);
  vi.spyOn(AuditLog.prototype, 'write').mockRejectedValue(new Error('EIO'));
  await expect(session.deleteTemplate({ identity, finger: 'right-index' })).rejects.toMatchObject(REFUSED);
  expect(await session.enrollments(identity)).toEqual([FINGERS['right-index']]);
  const keys = readFileSync(join(folder.path, 'keys', 'master.keys'), 'utf8');
  await expect(service.channel.ask('administration', { kind: 'rotate-keys' })).rejects.toMatchObject(REFUSED);
  expect(readFileSync(join(folder.path, 'keys', 'master.keys'), 'utf8')).toBe(keys);
});

describe('A change', () => {
  test('comes after its line; one that fails has a second line with its code', async () => {
    const seen: unknown[] = [];
    const audit = async (record: unknown) => void seen.push(record);
    await accountFor(audit, RECORD, () => seen.push('changed'));
    const fault = new BiometricError('WINBIO_E_DATABASE_NO_SUCH_RECORD');
    await expect(accountFor(audit, RECORD, () => Promise.reject(fault))).rejects.toBe(fault);
    expect(seen).toEqual([RECORD, 'changed', RECORD, { ...RECORD, hresult: fault.hresult }]);
  });

  test('does not happen without its line; a full disk is named', async () => {
    const change = vi.fn();
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
    await expect(accountFor(() => Promise.reject(full), RECORD, change)).rejects.toMatchObject({
      code: 'WINBIO_E_DATABASE_FULL',
    });
    expect(change).not.toHaveBeenCalled();
  });
});

test('a setting that is so already is no change', () => {
  const policies = new AntiSpoofPolicies();
  const setting = policies.own(RECORD.sid, WINBIO_ANTI_SPOOF_DISABLE);
  expect(setting.changes).toBe(true);
  setting.apply();
  expect(policies.own(RECORD.sid, WINBIO_ANTI_SPOOF_DISABLE).changes).toBe(false);
  expect(policies.administrators(undefined, WINBIO_ANTI_SPOOF_ENABLE).changes).toBe(false);
});

test('an ordinary account makes so many changes a minute, each account for itself; administrators as many as they like', () => {
  let nowMs = 0;
  const budget = new ChangeBudget({ nowMs: () => nowMs } as ConstructorParameters<typeof ChangeBudget>[0]);
  const principal = { sid: 'S-1-22-1-1000', administrator: false, mayEnroll: true, remote: false };
  const spend = (times: number, who = principal) => {
    for (let i = 0; i < times; i++) budget.spend(who);
  };
  spend(CHANGES_PER_MINUTE);
  expect(() => spend(1)).toThrowError(expect.objectContaining({ code: 'E_OUTOFMEMORY' }));
  spend(1, { ...principal, sid: 'S-1-22-1-1001' });
  spend(1000, { ...principal, administrator: true });
  nowMs += 60_000;
  spend(1);
});
