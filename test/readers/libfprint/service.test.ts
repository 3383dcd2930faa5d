/** A service with readers that libfprint drives: enrolled, identified, a wrong finger, a finger twice, dying processes. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { hasLibfprint } from '../../../src/composition/compose/libfprint-readers.ts';
import { connect, type Session } from '../../../src/exports/whorl/index.ts';
import { isFull } from '../full.ts';
import { fingerPicture, pictureMessage } from './virtual-image.ts';
import { tellVirtual } from './virtual-storage.ts';

const installed = await hasLibfprint();

/** A service whose one reader is a virtual one of libfprint. */
async function started(variable: 'FP_VIRTUAL_IMAGE' | 'FP_VIRTUAL_DEVICE_STORAGE', driver: string) {
  const folder = mkdtempSync(join(tmpdir(), 'whorl-libfprint-'));
  const socket = join(folder, 'reader.sock');
  process.env[variable] = socket;
  onTestFinished(() => {
    delete process.env[variable];
    rmSync(folder, { recursive: true, force: true });
  });
  const service = await connect({
    embedded: { state: 'memory', readers: [{ kind: 'libfprint', name: 'door', driver }], engineThreads: 1 },
  });
  return { service, socket };
}

/** Longer than a reader stays open after its last picture; what was shown too late is then forgotten. */
const RELEASED_MS = 2000;

/** Shows fingers, one after the other, until the operation has ended: one shown too early is nobody's. */
async function whileShown<T>(socket: string, message: () => string | Uint8Array, operation: Promise<T>): Promise<T> {
  const ended = new AbortController();
  const shown = (async () => {
    while (!ended.signal.aborted) {
      await tellVirtual(socket, message(), ended.signal);
      await sleep(300, undefined, { signal: ended.signal }).catch(() => undefined);
    }
  })();
  try {
    return await operation;
  } finally {
    ended.abort();
    await shown;
    await sleep(RELEASED_MS);
  }
}

const identify = (session: Session, socket: string, message: string | Uint8Array) =>
  whileShown(socket, () => message, session.identify());

describe.skipIf(!installed || !isFull)(
  'a service with readers of libfprint (needs libfprint-2-2; npm run -s test:readers)',
  () => {
    test('that hand out pictures: enroll, identify, a wrong finger', async () => {
      const { service, socket } = await started('FP_VIRTUAL_IMAGE', 'virtual_image');
      await using _service = service;
      expect(await service.units()).toMatchObject([{ name: 'door', model: 'virtual_image' }]);
      await using session = await service.openSession();
      const enrollment = await session.beginEnrollment({ finger: 'right-index' });
      let impression = 0;
      const next = () => {
        impression += 1;
        return pictureMessage(fingerPicture(7, impression));
      };
      const touched = async () => {
        for await (const _step of enrollment);
      };
      await whileShown(socket, next, touched());
      expect(await enrollment.commit()).toMatchObject({ kind: 'stored' });
      expect(await identify(session, socket, pictureMessage(fingerPicture(7, 101)))).toMatchObject({
        kind: 'identified',
        subFactor: 2,
      });
      expect((await identify(session, socket, pictureMessage(fingerPicture(8, 1)))).kind).toBe('unknown-identity');
    });

    test('that match inside: enroll, identify, a wrong finger, a finger twice', async () => {
      const { service, socket } = await started('FP_VIRTUAL_DEVICE_STORAGE', 'virtual_device_storage');
      await using _service = service;
      await using session = await service.openSession();
      const enrolled = async (finger: 'right-index' | 'left-index') => {
        const enrollment = await session.beginEnrollment({ finger });
        const touched = async () => {
          for await (const _step of enrollment);
          return await enrollment.commit();
        };
        return await whileShown(socket, () => 'SCAN one', touched());
      };
      expect(await enrolled('right-index')).toMatchObject({ kind: 'stored' });
      expect(await identify(session, socket, 'SCAN one')).toMatchObject({ kind: 'identified', subFactor: 2 });
      expect((await identify(session, socket, 'SCAN two')).kind).toBe('unknown-identity');
      expect(await service.administration.readerPrints()).toMatchObject([{ name: 'door', missing: [] }]);
      const again = await enrolled('left-index').catch((thrown: unknown) => thrown);
      expect(JSON.stringify(again)).toMatch(/duplicate/i);
    });
  },
);
