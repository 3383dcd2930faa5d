import { expect, test } from 'vitest';
import { ThreadTurns } from './thread-turns.ts';

function held() {
  const gates: (() => void)[] = [];
  const begun: string[] = [];
  const work = (name: string) => () => {
    begun.push(name);
    return new Promise<string>((resolve) => gates.push(() => resolve(name)));
  };
  return { begun, work, release: () => gates.shift()?.() };
}

test('turns come in order of asking, and who gave up has left the line', async () => {
  const turns = new ThreadTurns(1, 10);
  const { begun, work, release } = held();
  const gone = new AbortController();
  const first = turns.run(work('first'));
  const departed = turns.run(work('departed'), gone.signal);
  const second = turns.run(work('second'));
  expect(turns.waiting).toBe(2);
  gone.abort('client gone');
  await expect(departed).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED', cause: 'client gone' });
  expect(turns.waiting).toBe(1);
  release();
  await expect(first).resolves.toBe('first');
  release();
  await expect(second).resolves.toBe('second');
  expect(begun).toEqual(['first', 'second']);
});

test('a turn begins at once where one is free again, after work that failed too', async () => {
  const turns = new ThreadTurns(2, 0);
  await expect(turns.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  const { begun, work, release } = held();
  const both = [turns.run(work('a')), turns.run(work('b'))];
  expect(begun).toEqual(['a', 'b']);
  await expect(turns.run(work('c'))).rejects.toMatchObject({ code: 'WINBIO_E_DEVICE_BUSY' });
  release();
  release();
  await expect(Promise.all(both)).resolves.toEqual(['a', 'b']);
});
