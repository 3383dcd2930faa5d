/** Failed attempts lock an account and a reader, as the configuration says. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connect, type Session, type WhorlService } from '../../src/exports/whorl/index.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'whorl-attempts-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const LOCKED = { code: 'WINBIO_E_CRED_PROV_SECURITY_LOCKOUT' };

async function enroll(service: WhorlService, session: Session, person: number) {
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  for (let impression = 0, done = false; !done; impression++) {
    const capture = enrollment.capture();
    await service.virtualReader().touch({ person, finger: 'right-index', impression });
    done = (await capture).kind === 'sufficient';
  }
  return (await enrollment.commit()).identity;
}

async function identify(service: WhorlService, session: Session, person: number) {
  const identification = session.identify();
  identification.catch(() => {});
  await service.units();
  await service.virtualReader().touch({ person, finger: 'right-index', impression: 50 });
  return (await identification).kind;
}

test('wrong fingers lock the account, then the reader; administrators see it and open it; all of it is audited', async () => {
  const attempts = { perAccount: 2, perReader: 4, lockSeconds: 3600 };
  await using service = await connect({ embedded: { state: { directory }, engineThreads: 1, policy: { attempts } } });
  await using session = await service.openSession();
  const identity = await enroll(service, session, 1);
  const verify = async (person: number) => {
    const verification = session.verify({ identity, finger: 'right-index' });
    verification.catch(() => {});
    await service.units();
    await service.virtualReader().touch({ person, finger: 'right-index', impression: 50 });
    return (await verification).kind;
  };
  expect(await verify(2)).toBe('non-match');
  expect(await verify(3)).toBe('non-match');
  await expect(session.verify({ identity, finger: 'right-index' })).rejects.toMatchObject({
    ...LOCKED,
    message: expect.stringMatching(/the account is locked for 3600 s after 2 failed attempts/),
  });
  const { administration } = service;
  expect(await administration.locks()).toMatchObject([{ kind: 'account', failures: 2 }]);
  // The reader is not locked yet; a match there starts its row anew.
  expect(await identify(service, session, 1)).toBe('identified');
  for (let person = 2; person < 6; person++) expect(await identify(service, session, person)).toBe('unknown-identity');
  await expect(session.identify()).rejects.toMatchObject({
    ...LOCKED,
    message: expect.stringContaining('reader virtual'),
  });
  expect(await administration.unlock()).toHaveLength(2);
  expect(await verify(1)).toBe('match');
  expect(await administration.locks()).toEqual([]);

  const lines = readFileSync(join(directory, 'audit.log'), 'utf8');
  for (const action of ['"verify"', '"identify"', '"lock-account"', '"lock-reader"', '"unlock"']) {
    expect(lines).toContain(`"action":${action}`);
  }
});

test('attempts may go on without end where the configuration says so', async () => {
  await using service = await connect({ embedded: { state: 'memory', engineThreads: 1, policy: { attempts: false } } });
  await using session = await service.openSession();
  for (let person = 1; person < 13; person++) expect(await identify(service, session, person)).toBe('unknown-identity');
  expect(await service.administration.locks()).toEqual([]);
});
