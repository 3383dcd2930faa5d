// Is this the person they say they are? Enrolls a finger of a virtual reader, then compares two touches with it.
import { connect, fingerprintRejectDetail } from 'whorl';

await using service = await connect({ embedded: { state: 'memory' } });
await using session = await service.openSession();

// What a person would do with the virtual reader.
const reader = service.virtualReader();
const alice = { person: 1, finger: 'right-index' } as const;
const bob = { person: 2, finger: 'right-index' } as const;

const enrollment = await session.beginEnrollment({ finger: 'right-index' });
for (let impression = 0, done = false; !done; impression++) {
  const capture = enrollment.capture();
  await reader.touch({ ...alice, impression });
  done = (await capture).kind === 'sufficient';
}
const { identity } = await enrollment.commit();

for (const [name, finger] of Object.entries({ alice, bob })) {
  const verification = session.verify({ identity, finger: 'right-index' }, { deadlineMs: 10_000 });
  await reader.touch({ ...finger, impression: 100 });
  const outcome = await verification;
  if (outcome.kind === 'rejected') console.log(`${name}: ${fingerprintRejectDetail(outcome.detail)?.advice}`);
  else console.log(`${name}: ${outcome.kind}`);
}
