/** The law of the house: what each room may import (docs/design.md 2), and what runs where. */

/** Rooms that a room may import besides itself. */
interface RoomRule {
  readonly may: readonly string[];
  /** Set for rooms that run anywhere: packages they may import. They import no module of Node. */
  readonly packages?: readonly string[];
}

export const ROOM_TABLE: Readonly<Record<string, RoomRule>> = {
  core: { may: [], packages: [] },
  adapters: { may: ['core'], packages: [] },
  formats: { may: ['core'], packages: [] },
  protocol: { may: ['core'], packages: ['msgpackr'] },
  fingerprint: { may: ['core', 'adapters', 'formats'], packages: [] },
  drivers: { may: ['core', 'adapters'] },
  sensors: { may: ['core', 'adapters', 'formats', 'drivers'] },
  devices: { may: ['core', 'adapters', 'formats', 'drivers'] },
  storage: { may: ['core', 'adapters'] },
  matching: { may: ['core', 'adapters'] },
  service: { may: ['core', 'adapters'] },
  client: { may: ['core', 'protocol'], packages: [] },
  winbio: { may: ['core', 'client', 'formats'], packages: [] },
  native: { may: ['core', 'drivers', 'winbio'] },
  composition: {
    may: [
      'core',
      'adapters',
      'formats',
      'protocol',
      'fingerprint',
      'drivers',
      'sensors',
      'devices',
      'storage',
      'matching',
      'service',
    ],
  },
  daemon: { may: ['core', 'protocol', 'drivers', 'service', 'composition'] },
  evaluation: { may: ['core', 'formats', 'fingerprint'] },
  cli: {
    may: ['core', 'formats', 'fingerprint', 'drivers', 'matching', 'evaluation', 'composition', 'daemon', 'exports'],
  },
  testkit: {
    may: [
      'core',
      'adapters',
      'formats',
      'protocol',
      'fingerprint',
      'drivers',
      'sensors',
      'devices',
      'storage',
      'service',
      'client',
      'winbio',
      'composition',
    ],
  },
  exports: {
    may: [
      'core',
      'adapters',
      'formats',
      'protocol',
      'fingerprint',
      'drivers',
      'sensors',
      'devices',
      'storage',
      'client',
      'winbio',
      'native',
      'composition',
      'daemon',
      'testkit',
    ],
  },
  console: { may: ['exports'], packages: ['preact', 'preact/hooks', '@preact/signals'] },
  bench: {
    may: [
      'core',
      'adapters',
      'formats',
      'protocol',
      'fingerprint',
      'service',
      'storage',
      'composition',
      'evaluation',
      'testkit',
      'cli',
      'exports',
      'test',
    ],
  },
  tools: {
    may: [
      'core',
      'fingerprint',
      'formats',
      'drivers',
      'evaluation',
      'composition',
      'daemon',
      'winbio',
      'testkit',
      'cli',
      'exports',
      'test',
    ],
  },
};

/** Node-only parts of rooms that run anywhere: the blocking face (docs/adr/0009), decoding in threads, and sockets. */
export const NODE_ONLY: Readonly<Record<string, readonly string[]>> = {
  'src/winbio/blocking/': ['node:worker_threads'],
  'src/formats/thread/decode-worker.ts': ['node:worker_threads'],
  'src/client/node/': ['node:net', 'node:os', 'node:fs', 'node:path'],
};
