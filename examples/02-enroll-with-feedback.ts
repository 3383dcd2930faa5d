// Enrolls a finger and tells the person, touch by touch, how far it has got and what to do better.
import { connect, fingerprintRejectDetail } from 'whorl';

await using service = await connect({ embedded: { state: 'memory' } });
await using session = await service.openSession();
const reader = service.virtualReader();

await using enrollment = await session.beginEnrollment({ finger: 'left-thumb' });

// The person: touches once too briefly, then properly, until the enrollment needs no more.
let touches = 0;
const touch = async () => {
  touches += 1;
  if (touches === 2) await reader.presentRejected(9);
  else await reader.touch({ person: 5, finger: 'left-thumb', impression: touches });
};

const steps = enrollment[Symbol.asyncIterator]();
for (let ended = false; !ended; ) {
  const next = steps.next();
  await touch();
  const { value: step, done } = await next;
  ended = done === true;
  if (step === undefined) break;
  if (step.kind === 'rejected') console.log(`not used: ${fingerprintRejectDetail(step.detail)?.advice}`);
  else console.log(`${step.percentComplete} %`);
  if (step.kind === 'sufficient') break;
}

const outcome = await enrollment.commit();
console.log(outcome.kind);
