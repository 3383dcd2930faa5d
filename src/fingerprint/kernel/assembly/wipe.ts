/** Zeroes memory. Here because JavaScript clears shared memory byte by byte. */

export function wipe(address: usize, bytes: usize): void {
  memory.fill(address, 0, bytes);
}
