import { expect, test } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

test('what is written beyond the first buffer is read back', () => {
  for (const littleEndian of [false, true]) {
    const writer = new ByteWriter({ littleEndian });
    for (let i = 0; i < 300; i++) {
      writer.u8(i & 255);
      writer.u16(i);
      writer.u32(i * 70_000);
      writer.i64(BigInt(-i));
      writer.i8(-(i & 127));
    }
    writer.setU16(1, 7);
    const reader = new ByteReader('test', writer.finish(), { littleEndian });
    for (let i = 0; i < 300; i++) {
      const row = [reader.u8('a'), reader.u16('b'), reader.u32('c'), reader.i64('d'), reader.i8('e')];
      expect(row).toEqual([i & 255, i === 0 ? 7 : i, i * 70_000, BigInt(-i), i & 127 ? -(i & 127) : 0]);
    }
    expect(reader.remaining).toBe(0);
    expect(() => reader.u8('more')).toThrow(/^test: more at byte 4800: needs 1 bytes, 0 are left/);
  }
});
