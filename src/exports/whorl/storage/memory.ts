/** `whorl/storage/memory`: templates that end with the process. */

export { MemoryStorageAdapter } from '../../../storage/memory/memory-storage-adapter.ts';
