import { expect, test } from 'vitest';
import { admit } from './admission.ts';
import { admitsOthers } from './authorize.ts';

const NOBODY = 65534;
const peer = (uid: number) => ({ pid: 1, uid, gids: [uid] });

test('an account has the rights of each list that names it, and none without', async () => {
  const owner = 1234;
  await expect(admit(peer(NOBODY), owner, {})).rejects.toMatchObject({ code: 'E_ACCESSDENIED', stage: 'authorize' });
  const rights = { administrator: false, mayEnroll: false };
  const [by, uid] = [['65534'], NOBODY] as const;
  expect(await admit(peer(uid), owner, { users: by })).toMatchObject(rights);
  expect((await admit(peer(uid), owner, { users: by })).operator).toBeUndefined();
  expect(await admit(peer(uid), owner, { operators: by })).toMatchObject({ ...rights, operator: true });
  expect(await admit(peer(uid), owner, { users: by, enroll: by })).toMatchObject({ ...rights, mayEnroll: true });
  expect(await admit(peer(uid), owner, { administrators: by })).toMatchObject({ administrator: true, mayEnroll: true });
});

test('operators are others who come by the socket', () => {
  expect(admitsOthers({ operators: ['daemon'] })).toBe(true);
  expect(admitsOthers({ enroll: ['daemon'] })).toBe(false);
});
