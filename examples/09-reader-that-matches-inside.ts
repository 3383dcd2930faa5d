// A reader that matches inside, with a scripted one in its place: enrolled touch by touch, asked, and looked into.
import type { Session } from 'whorl';
import { createHost, ScriptedDevice } from 'whorl/testkit';

const device = new ScriptedDevice({ capacity: 10, enrollStages: 3 });
await using host = await createHost({ readers: 0, devices: [device] });
const { service } = host.process({ administrator: true });
await using session = await service.openSession();

// A driver of your own takes the place of ScriptedDevice: a class that extends MatchingDeviceBase of whorl/adapters.
const [unit] = await service.units();
console.log(`${unit?.model}: ${device.info.capacity} prints, ${device.info.enrollStages} touches`);

const enrollment = await session.beginEnrollment({ finger: 'right-index' });
for (let touch = 0; touch < device.info.enrollStages; touch++) {
  const step = enrollment.capture();
  await device.waiting();
  device.touch(7);
  console.log(`${(await step).percentComplete} %`);
}
console.log((await enrollment.commit()).kind);

async function identified(asking: Session, finger: number): Promise<string> {
  const answer = asking.identify();
  await device.waiting();
  device.touch(finger);
  return (await answer).kind;
}

console.log(await identified(session, 7));
// A print that is on the reader and in no record opens nothing.
device.plant(9);
console.log(await identified(session, 9));
console.log(`on the reader: ${device.prints.map(({ id }) => id).join(', ')}`);
