// Tests an application without a reader: a scripted world of readers, people, focus and time.
import assert from 'node:assert/strict';
import type { WhorlService } from 'whorl';
import { createHost } from 'whorl/testkit';

// The application: a door that opens for enrolled fingers and gives up after a while.
async function door(service: WhorlService, giveUp: AbortSignal): Promise<string> {
  await using session = await service.openSession();
  try {
    const outcome = await session.identify({ signal: giveUp });
    return outcome.kind === 'identified' ? 'open' : 'closed';
  } catch (fault) {
    return fault instanceof Error && fault.name === 'AbortError' ? 'asleep' : 'broken';
  }
}

// One reader; fingers are numbers, and equal numbers match.
await using host = await createHost({ readers: 1, samples: 2 });
const { service } = host.process({ administrator: true });
{
  await using session = await service.openSession();
  await using enrollment = await session.beginEnrollment({ finger: 'right-index' });
  for (let sample = 0; sample < 2; sample++) {
    const capture = enrollment.capture();
    await host.touch(7);
    await capture;
  }
  await enrollment.commit();
}

const never = new AbortController().signal;
const known = door(service, never);
await host.touch(7);
assert.equal(await known, 'open');

const stranger = door(service, never);
await host.touch(8);
assert.equal(await stranger, 'closed');

const controller = new AbortController();
const nobody = door(service, controller.signal);
await host.settle();
controller.abort();
assert.equal(await nobody, 'asleep');

const unplugged = door(service, never);
await host.settle();
host.reader(0).unplug();
assert.equal(await unplugged, 'broken');
assert.ok(host.idle);
console.log('the door does what it should');
