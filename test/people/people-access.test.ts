/** Who may ask about people: an ordinary account may not, and learns the name of who it identified alone. */

import { expect, test } from 'vitest';
import { isBiometricError } from '../../src/core/biometric-error.ts';
import { connect } from '../../src/exports/whorl/index.ts';

test('an ordinary account reads neither people nor the journal, and changes no place', async () => {
  await using service = await connect({
    embedded: { state: 'memory', engineThreads: 1, application: { administrator: false } },
  });
  const identity = { type: 'sid', sid: 'S-1-22-1-1' } as const;
  const { people, journal, places } = service;
  const denied = [
    () => people.list(),
    () => people.get(identity),
    () => people.create({ name: 'A' }),
    () => people.import('name\nA\n'),
    () => journal.list(),
    () => journal.follow().next(),
    () => journal.verify(),
    () => journal.forget(identity),
    () => journal.attendance({ from: '2026-01-01', until: '2026-01-02' }),
    () => places.change('virtual', { title: 'A' }),
    () => places.forget('virtual'),
  ];
  for (const ask of denied) {
    const code = await (ask() as Promise<unknown>).then(
      () => 'allowed',
      (thrown: unknown) => (isBiometricError(thrown) ? thrown.code : thrown),
    );
    expect(code, String(ask)).toBe('E_ACCESSDENIED');
  }
  expect(await places.list()).toMatchObject([{ reader: 'virtual', attached: true }]);
});

test('a service without a journal says so, and recognises as before', async () => {
  await using service = await connect({
    embedded: { state: 'memory', engineThreads: 1, policy: { journal: false } },
  });
  await expect(service.journal.list()).rejects.toMatchObject({ code: 'E_NOTIMPL' });
  const { identity } = await service.people.create({ name: 'Ada' });
  expect(await service.people.belongings(identity)).toEqual({ fingers: 0, journalLines: 0, picture: false });
  await service.people.delete(identity);
  expect((await service.people.list()).total).toBe(0);
});
