import { expect, test } from 'vitest';
import { FairTurns } from './fair-turns.ts';

test('each lane has its turn, in its own order, whatever another one piled up', async () => {
  const turns = new FairTurns();
  const [loud, quiet] = [turns.lane().run, turns.lane().run];
  const heard: string[] = [];
  for (let i = 0; i < 1000; i++) loud(() => heard.push(`loud ${i}`));
  await new Promise<void>((resolve) => {
    quiet(() => heard.push('quiet 0'));
    quiet(() => {
      heard.push('quiet 1');
      resolve();
    });
  });
  expect(heard).toEqual(['loud 0', 'quiet 0', 'loud 1', 'quiet 1']);
});

test('a party of many lanes is heard as often as a party of one', async () => {
  const turns = new FairTurns();
  const [crowd, single] = [{}, {}];
  const heard: string[] = [];
  for (let i = 0; i < 100; i++) {
    const lane = turns.lane();
    lane.join(crowd);
    lane.run(() => heard.push(`crowd ${i}`));
  }
  const alone = turns.lane();
  alone.join(single);
  await new Promise<void>((resolve) => {
    alone.run(() => heard.push('alone'));
    alone.run(() => {
      heard.push('alone again');
      resolve();
    });
  });
  expect(heard).toEqual(['crowd 0', 'alone', 'crowd 1', 'alone again']);
});

test('what an action sets off is done before the next one, and other work of the process comes between', async () => {
  const turns = new FairTurns();
  const { run: lane } = turns.lane();
  const heard: string[] = [];
  let rounds = 0;
  const looking = setInterval(() => {
    rounds += 1;
  }, 0);
  await new Promise<void>((resolve) => {
    for (let i = 0; i < 200; i++) {
      lane(() => {
        const until = performance.now() + 0.2;
        while (performance.now() < until);
        void Promise.resolve().then(() => heard.push(`after ${i}`));
        heard.push(`action ${i}`);
        if (i === 199) setImmediate(resolve);
      });
    }
  });
  clearInterval(looking);
  expect(heard).toEqual(Array.from({ length: 200 }, (_, i) => [`action ${i}`, `after ${i}`]).flat());
  expect(rounds).toBeGreaterThan(3);
});
