/** The process of a port, for a thread that cannot open one itself. It ends with whoever started it. */

import { toBiometricError } from '../../core/biometric-error.ts';
import { openPortHere } from './port-here.ts';
import type { PortMessage, PortRequest } from './port-messages.ts';
import type { SerialLine } from './serial-line.ts';

let line: SerialLine | undefined;
const tell = (message: PortMessage) => process.send?.(message);

process.on('disconnect', () => process.exit());
process.on('message', (request: PortRequest) => {
  const done = () => tell({ kind: 'done', id: request.id });
  const failed = (thrown: unknown) => {
    tell({ kind: 'done', id: request.id, error: toBiometricError(thrown, 'WINBIO_E_DEVICE_FAILURE').serialize() });
  };
  carryOut(request).then(done, failed);
});

async function carryOut(request: PortRequest): Promise<void> {
  switch (request.kind) {
    case 'open':
      line = await openPortHere(request.path, request.baudRate);
      line.observe({ data: (bytes) => tell({ kind: 'data', bytes }), ended: () => tell({ kind: 'ended' }) });
      return;
    case 'write':
      return await line?.write(request.bytes);
    case 'rate':
      return await line?.setBaudRate(request.baudRate);
    default:
      request satisfies never;
  }
}
