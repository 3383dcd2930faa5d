/**
 * Enrolls and deletes endlessly, reconnecting whenever the service restarts, and reports each request and
 * acknowledgement. Usage: node test/kill/kill-client.ts <address> <number, from 1>. Lines: `asks <person>`, `enrolled
 * <guid> <person>`, `deletes <guid>`, `deleted <guid>`, `lost` when the service is gone, `joined` when it is there
 * again, `fault <code>` for anything else.
 */

import { isBiometricError } from '../../src/core/biometric-error.ts';
import { connect, PRIVATE_DATABASE_ID } from '../../src/exports/whorl/index.ts';

/** People of one client; each has one finger, enrolled or not. */
const PEOPLE = 3;
const REJOIN_MS = 60_000;

const [address = '', number = '1'] = process.argv.slice(2);
const unitId = Number(number);
const say = (line: string) => process.stdout.write(`${line}\n`);
const enrolled = new Map<number, string>();
let turn = 0;

for (;;) {
  try {
    await work();
  } catch (thrown) {
    const code = isBiometricError(thrown) ? thrown.code : String(thrown);
    say(code === 'WHORL_E_CONNECTION_LOST' ? 'lost' : `fault ${code}`);
  }
}

async function work(): Promise<void> {
  await using service = await connect({ address, waitMs: REJOIN_MS });
  await using session = await service.openSession({
    pool: 'private',
    databaseId: PRIVATE_DATABASE_ID,
    unitIds: [unitId],
  });
  say('joined');
  const reader = service.virtualReader(unitId === 1 ? 'virtual' : `virtual-${unitId}`);
  for (; ; turn++) {
    const person = 10 * unitId + (turn % PEOPLE);
    const guid = enrolled.get(person);
    if (guid !== undefined) {
      say(`deletes ${guid}`);
      await session.deleteTemplate({ identity: { type: 'guid', guid } });
      enrolled.delete(person);
      say(`deleted ${guid}`);
      continue;
    }
    await using enrollment = await session.beginEnrollment({ finger: 'right-index', unitId });
    for (let impression = 0, done = false; !done; impression++) {
      const capture = enrollment.capture();
      await Promise.all([reader.touch({ person, finger: 'right-index', impression }), capture]);
      done = (await capture).kind === 'sufficient';
    }
    say(`asks ${person}`);
    const { identity } = await enrollment.commit();
    if (identity.type !== 'guid') throw new TypeError('a private enrollment is owned by a GUID');
    enrolled.set(person, identity.guid);
    say(`enrolled ${identity.guid} ${person}`);
  }
}
