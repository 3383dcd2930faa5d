import { expect, test } from 'vitest';
import { toldPerson } from './told-person.ts';

const identity = { type: 'guid', guid: '00000000-0000-4000-8000-000000000001' } as const;
const person = { identity, name: 'Ada', number: '4711', groups: ['Staff'], invalid: 'expired' } as const;
const account = { sid: 'S-1-22-1-1000', administrator: false, mayEnroll: true, remote: false };

test('administrators and operators learn all of a person, others the name and whether the person counts', () => {
  expect(toldPerson(person, { ...account, administrator: true })).toEqual(person);
  expect(toldPerson(person, { ...account, operator: true })).toEqual(person);
  expect(toldPerson(person, account)).toEqual({ identity, name: 'Ada', groups: [], invalid: 'expired' });
});
