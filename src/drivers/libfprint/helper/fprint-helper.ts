/**
 * The process of one reader. It finds the reader and carries out calls; a fault outside a call ends it, which is what it is
 * for: libfprint and its drivers may end a process, or write where they should not.
 */

import { BiometricError, isBiometricError } from '../../../core/biometric-error.ts';
import type { HelperFault, HelperMessage, HelperRequest, HelperStart } from '../helper-messages.ts';
import { FprintReader, ReaderFault } from './fprint-reader.ts';
import { loadLibfprint } from './libfprint-library.ts';

const running = new Map<number, AbortController>();

const send = (message: HelperMessage) => process.send?.(message, () => {});

// Ctrl+C and the end of a service reach all its processes; the service itself says when this one ends.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
// What waits in a thread would keep the process; the kernel releases the reader.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));

const start = JSON.parse(process.argv[2] ?? '{}') as HelperStart;
try {
  const reader = await FprintReader.find(await loadLibfprint(), start, {
    finger: (status) => send({ type: 'finger', status }),
    removed: () => send({ type: 'removed' }),
  });
  process.on('message', (request: HelperRequest) => {
    if (request.type === 'abort') running.get(request.id)?.abort();
    else void carryOut(reader, request);
  });
  send({ type: 'ready', facts: reader.facts });
} catch (thrown) {
  const fault = faultOf(thrown, 'WHORL_E_CONFIGURATION');
  process.send?.({ type: 'failed', fault } satisfies HelperMessage, () => process.exit(1));
}

async function carryOut(
  reader: FprintReader,
  { id, method, values }: Extract<HelperRequest, { type: 'call' }>,
): Promise<void> {
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const call = reader.calls[method] as (options: object, ...values: readonly unknown[]) => Promise<unknown>;
    const options = { signal: controller.signal, onStage: (stage: never) => send({ type: 'stage', id, stage }) };
    send({ type: 'return', id, value: await call(options, ...values) });
  } catch (thrown) {
    send({ type: 'throw', id, fault: faultOf(thrown, 'WINBIO_E_DEVICE_FAILURE') });
  } finally {
    running.delete(id);
  }
}

function faultOf(thrown: unknown, code: 'WHORL_E_CONFIGURATION' | 'WINBIO_E_DEVICE_FAILURE'): HelperFault {
  if (thrown instanceof ReaderFault) {
    return { error: thrown.error.serialize(), ...(thrown.kind && { kind: thrown.kind }) };
  }
  if (isBiometricError(thrown)) return { error: thrown.serialize() };
  return { error: new BiometricError(code, thrown instanceof Error ? thrown.message : String(thrown)).serialize() };
}
