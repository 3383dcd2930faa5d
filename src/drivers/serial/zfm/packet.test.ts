import { expect, test } from 'vitest';
import { seededRandom } from '../../../testkit/seeded-random.ts';
import { FrameReader } from '../frame-reader.ts';
import { DEFAULT_ZFM_ADDRESS, encodeZfmPacket, type ZfmPacket, zfmPackets } from './packet.ts';

const reader = () => new FrameReader(zfmPackets(DEFAULT_ZFM_ADDRESS));
const answer = (...payload: number[]): ZfmPacket => ({ type: 'answer', payload: Uint8Array.from(payload) });

test('packets are those of the manual', () => {
  // ZFM-20 user manual: VfyPwd with password 0, and its acknowledgement.
  const command: ZfmPacket = { type: 'command', payload: Uint8Array.of(0x13, 0, 0, 0, 0) };
  expect(Buffer.from(encodeZfmPacket(command)).toString('hex')).toBe('ef01ffffffff010007130000000000' + '1b');
  expect(reader().push(Buffer.from('ef01ffffffff07000300000a', 'hex')).frames).toEqual([answer(0)]);
});

test('noise, the beginning of a packet in the noise, another address and damage hide no packet', () => {
  const good = encodeZfmPacket(answer(0, 1, 2));
  const damaged = good.slice();
  damaged[10] = 9;
  const stream = Uint8Array.from([
    ...[0xef, 0xef, 0x01, 0xff, 0x00],
    ...encodeZfmPacket(answer(7), 1),
    ...good.subarray(0, 8),
    ...good,
    ...damaged,
    ...good,
  ]);
  for (const size of [1, 3, stream.length]) {
    const found: ZfmPacket[] = [];
    const each = reader();
    // The torn packet claims bytes of what follows until enough have come.
    const all = Uint8Array.from([...stream, ...new Uint8Array(300)]);
    for (let at = 0; at < all.length; at += size) found.push(...each.push(all.subarray(at, at + size)).frames);
    expect(found).toEqual([answer(0, 1, 2), answer(0, 1, 2)]);
  }
});

test('hostile bytes neither crash it nor make it grow', () => {
  const random = seededRandom(3);
  const each = reader();
  const start = [0xef, 0x01, 0xff, 0xff, 0xff, 0xff, 0x07, 0xff, 0xff];
  for (let i = 0; i < 20_000; i++) {
    const bytes = Uint8Array.from({ length: 1 + Math.floor(40 * random()) }, () => Math.floor(256 * random()));
    each.push(i % 3 === 0 ? Uint8Array.from([...start.slice(0, 1 + (i % 9)), ...bytes]) : bytes);
    expect(each.heldBytes).toBeLessThan(9 + 256 + 2);
  }
});

test('of 10,000 packets with noise, splits and wrong bytes none is read as another', () => {
  const random = seededRandom(11);
  const each = reader();
  const sent: string[] = [];
  const read: string[] = [];
  for (let i = 0; i < 10_000; i++) {
    const content = Array.from({ length: 1 + Math.floor(17 * random()) }, () => Math.floor(256 * random()));
    const packet = encodeZfmPacket(answer(i >> 8, i & 255, ...content));
    const isWrong = random() < 0.2;
    if (isWrong) {
      const at = Math.floor(packet.length * random());
      packet[at] = (packet[at] ?? 0) ^ (1 + Math.floor(255 * random()));
    } else sent.push(Buffer.from(packet.subarray(9, -2)).toString('hex'));
    const noise = random() < 0.3 ? [0xef, 0x01, 0xff, 0xff].slice(0, 1 + Math.floor(4 * random())) : [];
    const stream = Uint8Array.from([...noise, ...packet]);
    for (let from = 0; from < stream.length; ) {
      const length = 1 + Math.floor(9 * random());
      for (const { payload } of each.push(stream.subarray(from, from + length)).frames) {
        read.push(Buffer.from(payload).toString('hex'));
      }
      from += length;
    }
  }
  // Packets after which the stream ends inside another one are still to come.
  const last = each.push(new Uint8Array(600)).frames.map(({ payload }) => Buffer.from(payload).toString('hex'));
  expect([...read, ...last]).toEqual(sent);
});
