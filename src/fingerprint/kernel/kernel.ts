/**
 * The WebAssembly kernel: one instance per computing thread, with a memory of its own or a shared one. The module has
 * no data of its own, so any number of instances, on any threads, can work on one memory.
 */

import { BiometricError } from '../../core/biometric-error.ts';
import { KERNEL_BASE64 } from './kernel-binary.ts';
import type { KernelFunctions } from './kernel-functions.ts';
import { KernelMemory } from './kernel-memory.ts';

/** 256 MB; the largest image that is accepted takes a quarter of it. */
const MAX_PAGES = 4096;

let compiled: WebAssembly.Module | undefined;

/** The kernel's functions and their memory. Throws as {@link instantiateKernel} does, and E_OUTOFMEMORY. */
export class Kernel {
  readonly memory: KernelMemory;
  readonly functions: KernelFunctions;

  constructor() {
    compiled ??= compile();
    const memory = createMemory();
    this.functions = instantiateKernel(memory);
    this.memory = new KernelMemory(memory, this.functions);
  }
}

/** The kernel's functions on a shared memory. Throws WHORL_E_PLATFORM where WebAssembly has no SIMD or threads. */
export function instantiateKernel(memory: WebAssembly.Memory): KernelFunctions {
  compiled ??= compile();
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as KernelFunctions;
}

function compile(): WebAssembly.Module {
  try {
    return new WebAssembly.Module(Uint8Array.from(atob(KERNEL_BASE64), (character) => character.charCodeAt(0)));
  } catch (cause) {
    throw new BiometricError('WHORL_E_PLATFORM', 'WebAssembly with SIMD and threads is needed', { cause });
  }
}

function createMemory(): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: 1, maximum: MAX_PAGES, shared: true });
  } catch (cause) {
    throw new BiometricError('E_OUTOFMEMORY', 'there is no room for the memory of a kernel', { cause });
  }
}
