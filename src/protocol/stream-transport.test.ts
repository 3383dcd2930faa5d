import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { encodeFrame } from './binary-codec.ts';
import { Budget } from './budget.ts';
import type { ByteStream } from './byte-stream.ts';
import { streamTransport } from './stream-transport.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** An end over a stream that the test writes to. */
function endOf({ guarded }: { readonly guarded: boolean }) {
  const turns: (() => void)[] = [];
  const listeners = new Map<string, (bytes: Uint8Array) => void>();
  const log: string[] = [];
  const stream = {
    writableLength: 0,
    write: () => true,
    on: (event: string, listener: (bytes: Uint8Array) => void) => listeners.set(event, listener),
    pause: () => log.push('pause'),
    resume: () => log.push('resume'),
    destroy: () => log.push('destroy'),
    end() {},
    ref() {},
    unref() {},
  } as unknown as ByteStream;
  const nextTurn = (action: () => void) => void turns.push(action);
  const transport = streamTransport(stream, { frameBytes: 1 << 20, guarded, nextTurn }, (content) => content);
  const received: unknown[] = [];
  transport.onMessage((message) => received.push(message));
  transport.onClose((fault) => log.push(`closed ${fault?.code}`));
  const arrive = (bytes: Uint8Array) => listeners.get('data')?.(bytes);
  const run = () => {
    for (const turn of turns.splice(0)) turn();
  };
  return { transport, arrive, run, received, log };
}

const guarded = () => endOf({ guarded: true });

test('the rest of a message has its time, from when nothing waits before it', () => {
  const { transport, arrive, run, received, log } = guarded();
  transport.admit(new Budget(1 << 20));
  const frame = encodeFrame('hello');
  arrive(frame);
  arrive(frame.subarray(0, 5));
  vi.advanceTimersByTime(60_000);
  run();
  expect(received).toEqual(['hello']);
  vi.advanceTimersByTime(9_000);
  arrive(frame.subarray(5));
  run();
  vi.advanceTimersByTime(60_000);
  expect(received).toEqual(['hello', 'hello']);
  arrive(frame.subarray(0, 5));
  vi.advanceTimersByTime(10_000);
  expect(log).toEqual(['destroy', 'closed WHORL_E_PROTOCOL']);
});

test('a client whose messages wait for their turns is not read from meanwhile', () => {
  const { transport, arrive, run, received, log } = guarded();
  transport.admit(new Budget(1 << 20));
  for (let i = 0; i < 64; i++) arrive(encodeFrame(i));
  expect(log).toEqual(['pause']);
  run();
  expect(log).toEqual(['pause', 'resume']);
  expect(received).toHaveLength(64);
});

test('what waits is in the budget until it is handled, or the connection ends', () => {
  const { transport, arrive, run, log } = guarded();
  const budget = new Budget(1000);
  transport.admit(budget);
  arrive(encodeFrame('x'.repeat(500)));
  expect(budget.held).toBeGreaterThan(500);
  run();
  expect(budget.held).toBe(0);
  arrive(encodeFrame('x'.repeat(600)));
  arrive(encodeFrame('x'.repeat(600)));
  run();
  expect(log.at(-1)).toBe('closed WHORL_E_LIMIT_EXCEEDED');
  expect(budget.held).toBe(0);
});

test('a message is in the budget from its header on, whatever of it has come', () => {
  const { transport, arrive, run, log } = guarded();
  const budget = new Budget(1000);
  transport.admit(budget);
  arrive(Uint8Array.of(0, 0, 3, 0, 1));
  expect(budget.held).toBe(4 + 0x300);
  const other = guarded();
  other.transport.admit(budget);
  other.arrive(Uint8Array.of(0, 0, 1, 0, 1));
  other.run();
  expect(other.log.at(-1)).toBe('closed WHORL_E_LIMIT_EXCEEDED');
  vi.advanceTimersByTime(10_000);
  run();
  expect(log.at(-1)).toBe('closed WHORL_E_PROTOCOL');
  expect(budget.held).toBe(0);
});

test('a client sends no longer message than it is admitted for', () => {
  const { transport, arrive, run, received, log } = guarded();
  transport.admit(new Budget(1 << 20), 500);
  arrive(encodeFrame('x'.repeat(400)));
  run();
  expect(received).toHaveLength(1);
  arrive(encodeFrame('x'.repeat(600)));
  run();
  expect(log.at(-1)).toBe('closed WHORL_E_LIMIT_EXCEEDED');
});

test('a long message is read piece by piece, each in its turn', () => {
  const { transport, arrive, run, received, log } = guarded();
  transport.admit(new Budget(1 << 20));
  const frame = encodeFrame('x'.repeat(100_000));
  arrive(frame.subarray(0, 65_536));
  expect(log).toEqual(['pause']);
  run();
  expect(log).toEqual(['pause', 'resume']);
  arrive(frame.subarray(65_536));
  run();
  expect(received).toHaveLength(1);
});

test('a service may answer with more values than a client may ask with', () => {
  const owners = Array.from({ length: 30_000 }, (_, i) => i);
  for (const guarded of [true, false]) {
    const { transport, arrive, run, received } = endOf({ guarded });
    transport.admit(new Budget(1 << 20));
    arrive(encodeFrame(owners));
    run();
    expect(received).toHaveLength(guarded ? 0 : 1);
  }
});
