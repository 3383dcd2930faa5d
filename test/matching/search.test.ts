/** What a search through nodes finds, and what it says when some do not answer. */

import { expect, test } from 'vitest';
import { MatchSubjects } from '../../src/matching/messages/match-subjects.ts';
import { MessageCodec } from '../../src/matching/messages/message-codec.ts';
import { Cluster, DATABASE_ID, until, untilHeld } from './cluster.ts';
import { PlainEngine, plainTemplate } from './plain-engine.ts';

const signal = new AbortController().signal;
const codecOf = (cluster: Cluster) => new MessageCodec(cluster.seal, DATABASE_ID);

test('finds whoever is enrolled, in every part, by the size of the whole', async () => {
  await using cluster = await Cluster.open(8);
  const records = await cluster.enrollFingers(40);
  const engines = [new PlainEngine(), new PlainEngine(), new PlainEngine()];
  for (const [i, engine] of engines.entries()) await cluster.node(`n${i}`, engine);
  const coordinator = cluster.coordinator();
  await untilHeld(coordinator, 2);
  for (const finger of [0, 7, 39]) {
    const answer = await cluster.search(coordinator, plainTemplate(finger));
    expect(answer).toEqual({
      candidates: [{ recordId: records[finger], score: 9, threshold: 5 }],
      missing: [],
      searched: 40,
    });
  }
  for (const { sizes } of engines) expect(new Set(sizes.filter((size) => size !== undefined))).toEqual(new Set([40]));
});

test('puts the best first, a record once, at most 32', async () => {
  await using cluster = await Cluster.open(4);
  await cluster.enroll(Array.from({ length: 60 }, (_, i) => plainTemplate(7, 10 + (i % 40))));
  for (const node of ['a', 'b']) await cluster.node(node);
  const coordinator = cluster.coordinator();
  await untilHeld(coordinator, 2);
  const { candidates } = await cluster.search(coordinator, plainTemplate(7));
  expect(candidates).toHaveLength(32);
  const sorted = candidates.toSorted((a, b) => b.score - a.score || a.recordId - b.recordId);
  expect(candidates).toEqual(sorted);
  expect(new Set(candidates.map(({ recordId }) => recordId)).size).toBe(32);
});

test('looks for turned prints only when no part has one that is not', async () => {
  await using cluster = await Cluster.open(4);
  const records = await cluster.enroll([plainTemplate(1, 9, true), plainTemplate(1, 8), plainTemplate(2, 7, true)]);
  await cluster.node('a');
  const coordinator = cluster.coordinator();
  await untilHeld(coordinator, 1);
  const first = await cluster.search(coordinator, plainTemplate(1));
  expect(first.candidates.map(({ recordId }) => recordId)).toEqual([records[1]]);
  const second = await cluster.search(coordinator, plainTemplate(2));
  expect(second.candidates.map(({ recordId }) => recordId)).toEqual([records[2]]);
});

test('finds what was enrolled a moment ago, and no longer what was deleted or replaced', async () => {
  await using cluster = await Cluster.open(4);
  for (const node of ['a', 'b']) await cluster.node(node);
  const coordinator = cluster.coordinator();
  await untilHeld(coordinator, 2);
  const identity = { type: 'guid', guid: 'C0000000-0000-4000-8000-00000000000C' } as const;
  for (let i = 0; i < 20; i++) {
    const recordId = await cluster.database.add({ identity, subFactor: 2, template: plainTemplate(i) });
    expect((await cluster.search(coordinator, plainTemplate(i))).candidates).toMatchObject([{ recordId }]);
    await cluster.database.replace({ recordId, identity, subFactor: 2 }, plainTemplate(100 + i));
    expect((await cluster.search(coordinator, plainTemplate(i))).candidates).toEqual([]);
    await cluster.database.delete({ identity });
    expect((await cluster.search(coordinator, plainTemplate(100 + i))).candidates).toEqual([]);
  }
});

test('a part that nobody holds is missing, and what was found is told', async () => {
  await using cluster = await Cluster.open(4);
  const [recordId] = await cluster.enrollFingers(4);
  // The only node holds one part and no other.
  const only = {
    load: async ({ index }: { index: number }) => {
      if (index !== recordId! % 4) throw new TypeError('not to be read');
      return await cluster.database.load({ of: 4, index });
    },
  };
  const source = new Proxy(cluster.database, {
    get: (target, key) => (key === 'load' ? only.load : Reflect.get(target, key).bind(target)),
  });
  await cluster.node('a', new PlainEngine(), { source });
  const coordinator = cluster.coordinator({ deadlineMs: 300 });
  await until(coordinator, () => coordinator.heldParts.size === 1);
  const answer = await cluster.search(coordinator, plainTemplate(0));
  expect(answer.missing).toEqual([0, 1, 2, 3].filter((part) => part !== recordId! % 4));
  expect(answer.candidates).toMatchObject([{ recordId }]);
});

test('nobody to ask is told with a code, and sooner once it is known', async () => {
  await using cluster = await Cluster.open(4);
  const coordinator = cluster.coordinator({ deadlineMs: 100 });
  await expect(cluster.search(coordinator, plainTemplate(1))).rejects.toMatchObject({ code: 'WHORL_E_OFFLINE' });
  cluster.bus.set('down');
  await expect(cluster.search(coordinator, plainTemplate(1))).rejects.toMatchObject({ code: 'WHORL_E_OFFLINE' });
});

test('what is no probe is the fault of who asks', async () => {
  await using cluster = await Cluster.open(4);
  await cluster.enrollFingers(9);
  await cluster.node('a');
  const coordinator = cluster.coordinator();
  await untilHeld(coordinator, 1);
  for (const probe of [new Uint8Array(), new Uint8Array(5), new Uint8Array(65_537)]) {
    await expect(cluster.search(coordinator, probe)).rejects.toMatchObject({ code: 'E_INVALIDARG' });
  }
});

test('can be canceled, which the nodes are told', async () => {
  await using cluster = await Cluster.open(4);
  await cluster.enrollFingers(9);
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  let isHanging = false;
  const engine = new PlainEngine(async (stop) => {
    if (!isHanging) return;
    begun.resolve();
    await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
    ended.resolve();
  });
  await cluster.node('a', engine);
  const coordinator = cluster.coordinator();
  await untilHeld(coordinator, 1);
  isHanging = true;
  const canceling = new AbortController();
  const through = await cluster.database.position();
  const search = coordinator.search({ kind: 'identify', probe: plainTemplate(1), through, signal: canceling.signal });
  await begun.promise;
  canceling.abort();
  await expect(search).rejects.toMatchObject({ code: 'WINBIO_E_CANCELED' });
  await ended.promise;
});

test('a node that answers garbage makes nothing complete; the other holder is asked', async () => {
  await using cluster = await Cluster.open(8);
  const records = await cluster.enrollFingers(30);
  for (const node of ['good', 'bad']) await cluster.node(node);
  const coordinator = cluster.coordinator();
  await untilHeld(coordinator, 2);
  const codec = codecOf(cluster);
  const subject = new MatchSubjects(DATABASE_ID).node('bad', 'x').replace(/x$/, '');
  /** Each is what a node might answer for want of sense, or of honesty. */
  const garbage: ((bytes: Uint8Array) => Uint8Array)[] = [
    () => new Uint8Array(),
    () => Uint8Array.from({ length: 500 }, (_, i) => i),
    (bytes) => bytes.map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
    () => codec.encode({ kind: 'roll' }),
    (bytes) => changed(bytes, (answer) => ({ ...answer, id: new Uint8Array(16) })),
    (bytes) =>
      changed(bytes, (answer) => ({ ...answer, searched: answer.searched.map((each) => ({ ...each, found: [] })) })),
    (bytes) =>
      changed(bytes, (answer) => ({
        ...answer,
        searched: answer.searched.map((each) => ({ ...each, through: { ...each.through, change: 1 } })),
      })),
    (bytes) =>
      changed(bytes, (answer) => ({
        ...answer,
        searched: answer.searched.map((each) => ({ ...each, through: { ...each.through, token: '00' } })),
      })),
    (bytes) =>
      changed(bytes, (answer) => ({
        ...answer,
        searched: answer.searched.map((each) => ({ ...each, found: [[{ recordId: each.part + 1, score: 99 }]] })),
      })),
    (bytes) => changed(bytes, (answer) => ({ ...answer, searched: [] })),
  ];
  function changed(bytes: Uint8Array, change: (answer: Answer) => Answer): Uint8Array {
    const message = codec.decode(bytes);
    return message.kind === 'answer' ? codec.encode(change(message)) : bytes;
  }
  type Answer = Extract<ReturnType<MessageCodec['decode']>, { kind: 'answer' }>;
  for (const spoil of garbage) {
    cluster.bus.carry = ({ subject: to, bytes, isAnswer }) =>
      isAnswer && to.startsWith(subject) ? spoil(bytes) : bytes;
    const answer = await cluster.search(coordinator, plainTemplate(3));
    expect(answer).toMatchObject({ candidates: [{ recordId: records[3], score: 9 }], missing: [], searched: 30 });
  }
});

test('alone, a node that answers garbage leaves everything missing', async () => {
  await using cluster = await Cluster.open(2);
  await cluster.enrollFingers(3);
  await cluster.node('bad');
  const coordinator = cluster.coordinator({ deadlineMs: 200 });
  await untilHeld(coordinator, 1);
  cluster.bus.carry = ({ bytes, isAnswer }) => (isAnswer ? new Uint8Array(30) : bytes);
  await expect(cluster.search(coordinator, plainTemplate(9))).rejects.toMatchObject({ code: 'WHORL_E_OFFLINE' });
});

test('a node that hangs or is slow is overtaken by another holder', async () => {
  await using cluster = await Cluster.open(4);
  const records = await cluster.enrollFingers(20);
  let isStuck = false;
  const stuck = new PlainEngine(async (stop) => {
    if (isStuck) await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
  });
  await cluster.node('good');
  await cluster.node('stuck', stuck);
  // The budget is put out of the way: this is about what a repetition does.
  const coordinator = cluster.coordinator({ hedgeAfterMs: 20, hedgeShare: 1 });
  await untilHeld(coordinator, 2);
  isStuck = true;
  for (let i = 0; i < 12; i++) {
    const answer = await cluster.search(coordinator, plainTemplate(i));
    expect(answer).toMatchObject({ candidates: [{ recordId: records[i] }], missing: [] });
  }
});

test('a part that hangs everywhere is missing, never unknown', async () => {
  await using cluster = await Cluster.open(4);
  const records = await cluster.enrollFingers(20);
  let isStuck = false;
  const stuck = () =>
    new PlainEngine(async (stop, gallery) => {
      if (!isStuck || !gallery.templates.has(records[6]!)) return;
      await new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve()));
    });
  // A node answers for all that it was asked at once, so that one is asked for the part that hangs alone.
  for (const node of ['a', 'b', 'c', 'd']) await cluster.node(node, stuck(), { replicas: 1 });
  const coordinator = cluster.coordinator({ deadlineMs: 150 });
  await untilHeld(coordinator, 1);
  await until(coordinator, () => coordinator.members.every(({ held }) => held.length <= 2));
  isStuck = true;
  const answer = await cluster.search(coordinator, plainTemplate(6));
  expect(answer.missing).toContain(records[6]! % 4);
  expect(answer.candidates).toEqual([]);
});

test('a part that a node lets go while it is searched is not a part without anybody', async () => {
  await using cluster = await Cluster.open(8);
  const records = await cluster.enrollFingers(40);
  const gate = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  let isWaiting = false;
  const first = await cluster.node(
    'a',
    new PlainEngine(async () => {
      if (!isWaiting) return;
      begun.resolve();
      await gate.promise;
    }),
    { lanes: 1000 },
  );
  const coordinator = cluster.coordinator({ hedgeShare: 0 });
  await untilHeld(coordinator, 1);
  isWaiting = true;
  const searches = records.map((_, finger) => cluster.search(coordinator, plainTemplate(finger)));
  await begun.promise;
  for (const node of ['b', 'c', 'd', 'e']) await cluster.node(node);
  await until(first, () => first.parts.length < 5);
  gate.resolve();
  for (const [finger, answer] of (await Promise.all(searches)).entries()) {
    expect(answer).toEqual({
      candidates: [{ recordId: records[finger], score: 9, threshold: 5 }],
      missing: [],
      searched: 40,
    });
  }
});

test('two nodes of one name are two, and a search counts each part once', async () => {
  await using cluster = await Cluster.open(4);
  const records = await cluster.enrollFingers(20);
  for (const node of ['twin', 'twin', 'other']) await cluster.node(node);
  const coordinator = cluster.coordinator();
  await untilHeld(coordinator, 2);
  await until(coordinator, () => coordinator.members.length === 3);
  const answer = await cluster.search(coordinator, plainTemplate(5));
  expect(answer).toMatchObject({ candidates: [{ recordId: records[5] }], missing: [], searched: 20 });
});

test('a node of another number of parts does not count', async () => {
  await using cluster = await Cluster.open(4);
  await cluster.enrollFingers(20);
  await cluster.node('odd', new PlainEngine(), { parts: 5 });
  const coordinator = cluster.coordinator({ deadlineMs: 200 });
  await until(coordinator, () => coordinator.members.some(({ held }) => held.length === 5));
  await expect(cluster.search(coordinator, plainTemplate(5))).rejects.toMatchObject({ code: 'WHORL_E_OFFLINE' });
});

test('messages of another key or another database are nobody’s', async () => {
  await using cluster = await Cluster.open(2);
  await using other = await Cluster.open(2);
  await cluster.enrollFingers(3);
  await cluster.node('a', new PlainEngine(), { seal: other.seal });
  const coordinator = cluster.coordinator({ deadlineMs: 200 });
  await expect(cluster.search(coordinator, plainTemplate(1))).rejects.toMatchObject({ code: 'WHORL_E_OFFLINE' });
  expect(cluster.warnings.join()).toMatch(/not sealed with the key/);
});

test('a node that was stopped is noticed at once, and its parts are held again', async () => {
  await using cluster = await Cluster.open(8);
  const records = await cluster.enrollFingers(40);
  const nodes = [];
  for (const node of ['a', 'b', 'c']) nodes.push(await cluster.node(node));
  const coordinator = cluster.coordinator();
  await untilHeld(coordinator, 2);
  await nodes[0]![Symbol.asyncDispose]();
  const answer = await cluster.search(coordinator, plainTemplate(11));
  expect(answer).toMatchObject({ candidates: [{ recordId: records[11] }], missing: [] });
  await untilHeld(coordinator, 2);
});

test('a node that drains goes when others have its parts', async () => {
  await using cluster = await Cluster.open(8);
  await cluster.enrollFingers(40);
  const nodes = [];
  for (const node of ['a', 'b', 'c']) nodes.push(await cluster.node(node));
  const coordinator = cluster.coordinator();
  await untilHeld(coordinator, 2);
  await nodes[1]!.drain({ signal });
  await nodes[1]![Symbol.asyncDispose]();
  const answer = await cluster.search(coordinator, plainTemplate(300));
  expect(answer).toEqual({ candidates: [], missing: [], searched: 40 });
});

test('searches wait while the transport is cut, and go on', async () => {
  await using cluster = await Cluster.open(4);
  const records = await cluster.enrollFingers(20);
  for (const node of ['a', 'b']) await cluster.node(node);
  const coordinator = cluster.coordinator();
  await untilHeld(coordinator, 2);
  cluster.bus.set('down');
  const search = cluster.search(coordinator, plainTemplate(2));
  setImmediate(() => cluster.bus.set('up'));
  expect(await search).toMatchObject({ candidates: [{ recordId: records[2] }], missing: [] });
});

test('after a fail-over nothing of the old history is found, and nothing of the new one missed', async () => {
  await using cluster = await Cluster.open(4);
  await cluster.enrollFingers(20);
  let current = cluster.database;
  const hints = new Set<() => void>();
  const source = {
    position: () => current.position(),
    changes: (after: Parameters<typeof current.changes>[0]) => current.changes(after),
    load: (part: Parameters<typeof current.load>[0]) => current.load(part),
    watch: (onHint: () => void) => {
      hints.add(onHint);
      return { [Symbol.dispose]: () => void hints.delete(onHint) };
    },
  };
  for (const node of ['a', 'b']) await cluster.node(node, new PlainEngine(), { source });
  const coordinator = cluster.coordinator();
  await untilHeld(coordinator, 2);
  current = await cluster.restore();
  const records = await cluster.enroll(
    [50, 51, 52].map((finger) => plainTemplate(finger)),
    current,
  );
  const through = await current.position();
  const found = async (finger: number) =>
    (await coordinator.search({ kind: 'identify', probe: plainTemplate(finger), through, signal })).candidates;
  expect(await found(51)).toMatchObject([{ recordId: records[1] }]);
  expect(await found(3)).toEqual([]);
});
