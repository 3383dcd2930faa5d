/** The kernel's memory, and what happens where it cannot run. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { Kernel } from './kernel.ts';

describe('KernelMemory', () => {
  it('gives zeroed arrays, and wipes and reuses them at the end of a scope', () => {
    const memory = new Kernel().memory;
    const lasting = memory.int32(3).fill(7);
    const first = memory.scope(() => memory.float32(100_000).fill(1));
    expect(first.every((value) => value === 0)).toBe(true);
    memory.scope(() => {
      const second = memory.float32(100);
      expect(second.byteOffset).toBe(first.byteOffset);
      expect(second.every((value) => value === 0)).toBe(true);
    });
    expect([...lasting]).toEqual([7, 7, 7]);
  });

  it('gives back what a failed scope took', () => {
    const memory = new Kernel().memory;
    const fail = () =>
      memory.scope(() => {
        memory.uint8(1000).fill(1);
        throw new TypeError('as expected');
      });
    expect(fail).toThrow('as expected');
    expect(memory.uint8(1000).every((value) => value === 0)).toBe(true);
  });

  it('lets scopes lie in scopes', () => {
    const memory = new Kernel().memory;
    memory.scope(() => {
      const outer = memory.uint8(10).fill(5);
      memory.scope(() => memory.uint8(10).fill(6));
      expect([...outer]).toEqual(new Array(10).fill(5));
    });
  });

  it('finds arrays that are in it, and copies in others', () => {
    const memory = new Kernel().memory;
    const own = memory.float32(4);
    expect(memory.addressOf(own.subarray(2))).toBe(own.byteOffset + 8);
    const at = memory.addressOf(Float32Array.of(1, 2, 3));
    expect([...new Float32Array(own.buffer, at, 3)]).toEqual([1, 2, 3]);
  });

  it('says with a code when it is full', () => {
    const memory = new Kernel().memory;
    expect(() => memory.uint8(2 ** 30)).toThrow(expect.objectContaining({ code: 'E_OUTOFMEMORY' }));
    expect(memory.uint8(10).length).toBe(10);
  });
});

describe('Kernel', () => {
  afterEach(() => vi.unstubAllGlobals());

  it('has a memory of its own', () => {
    expect(new Kernel().memory.uint8(1).buffer).not.toBe(new Kernel().memory.uint8(1).buffer);
  });

  it('is refused with a code where WebAssembly cannot run it', async () => {
    vi.resetModules();
    const { Kernel: Fresh } = await import('./kernel.ts');
    vi.stubGlobal('WebAssembly', {
      Module: class {
        constructor() {
          throw new TypeError('no SIMD');
        }
      },
    });
    expect(() => new Fresh()).toThrow(expect.objectContaining({ code: 'WHORL_E_PLATFORM' }));
  });
});
