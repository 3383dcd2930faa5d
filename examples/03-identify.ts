// Who is this? Enrolls several people in a private pool, each under a GUID, and identifies touches.
import { connect, type OwnerIdentity, PRIVATE_DATABASE_ID } from 'whorl';

await using service = await connect({ embedded: { state: 'memory' } });
await using session = await service.openSession({ pool: 'private', databaseId: PRIVATE_DATABASE_ID });
const reader = service.virtualReader();
const people = new Map<string, string>();

for (const [person, name] of ['Ada', 'Grace', 'Mary'].entries()) {
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  for (let impression = 0, done = false; !done; impression++) {
    const capture = enrollment.capture();
    await reader.touch({ person, finger: 'right-index', impression });
    done = (await capture).kind === 'sufficient';
  }
  const { identity } = await enrollment.commit();
  people.set(keyOf(identity), name);
}

for (const person of [2, 0, 9]) {
  const identification = session.identify();
  await reader.touch({ person, finger: 'right-index', impression: 50 });
  const outcome = await identification;
  console.log(outcome.kind === 'identified' ? people.get(keyOf(outcome.identity)) : outcome.kind);
}

function keyOf(identity: OwnerIdentity): string {
  return identity.type === 'guid' ? identity.guid : identity.sid;
}
