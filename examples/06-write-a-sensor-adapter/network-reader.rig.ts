/** What the suite needs of the reader: a device made of `node:http`. Run it: whorl conformance sensor <this file> */

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SensorAdapter } from 'whorl/adapters';
import { encodePgm } from 'whorl/formats';
import { type SensorRig, type SensorRigCapability, scriptedFinger } from 'whorl/testkit';
import { adapter } from './network-reader.ts';

/** A device that sees this many fingers, and then none. */
export async function rig(fingers: number): Promise<SensorRig> {
  const frames = Array.from({ length: fingers }, (_, i) => ({ pgm: encodePgm(scriptedFinger(i)), detail: 0 }));
  const waiting = new Set<ServerResponse>();
  const answer = (): void => {
    const [frame] = frames;
    if (frame === undefined) return;
    for (const response of waiting) {
      response.writeHead(200, { 'resolution-ppi': '500', 'reject-detail': String(frame.detail) }).end(frame.pgm);
    }
    waiting.clear();
  };
  const server = createServer((request, response) => {
    if (request.method === 'DELETE') {
      frames.shift();
      response.writeHead(204).end();
      return;
    }
    waiting.add(response);
    response.on('close', () => waiting.delete(response));
    answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const source = await adapter.create({ url: `http://127.0.0.1:${port}/` });
  let sensor: SensorAdapter | undefined;
  source.watch({ arrived: (arrived) => (sensor = arrived), removed() {} });
  /** Waits until the capture has reached the device across the network. */
  const reached = async (then: () => void): Promise<void> => {
    while (waiting.size === 0) await new Promise((resolve) => setImmediate(resolve));
    then();
  };
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return {
    sensor: sensor!,
    presentRejected: (detail) =>
      void reached(() => {
        frames.push({ pgm: encodePgm(scriptedFinger(1)), detail });
        answer();
      }),
    fault: () =>
      void reached(() => {
        for (const response of waiting) response.writeHead(503).end();
      }),
    unplug: () => void reached(stop),
    async close() {
      await source.close();
      stop();
    },
  };
}

/** The device knows no commands. */
export const lacks: readonly SensorRigCapability[] = ['echoCode', 'privilegedCode', 'plainCode'];
