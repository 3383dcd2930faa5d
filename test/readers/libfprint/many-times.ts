/** Captures and cancels, many of each: no complaint of GLib, and no memory that grows. Usage: many-times.ts [times] */

import { readFileSync } from 'node:fs';
import { hasLibfprint } from '../../../src/composition/compose/libfprint-readers.ts';
import type { Logger } from '../../../src/core/logger.ts';
import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { fingerPicture, pictureMessage, virtualSensor } from './virtual-image.ts';

const times = Number(process.argv[2] ?? 500);
/** What a process may grow by after its first tenth: allocators keep what they had. */
const GROWTH_MB = 24;

if (!(await hasLibfprint())) {
  process.stdout.write('many times: left out, libfprint-2-2 is not installed\n');
  process.exit();
}
const complaints: string[] = [];
const logger: Logger = {
  ...SILENT_LOGGER,
  warn: (_message, fields) => void complaints.push(String(fields?.line ?? _message)),
};
const { sensor, link, show, close } = await virtualSensor(0, logger);
const request = { purpose: 1 };
const { signal } = new AbortController();
const residentMb = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${link.pid}/status`, 'utf8'))?.[1]) / 1024;
let early = 0;
const process0 = link.pid;
for (let i = 0; i < times; i++) {
  show(pictureMessage(fingerPicture()));
  const outcome = await sensor.capture(request, { signal });
  if (outcome.kind !== 'sample') throw new TypeError(`capture ${i}: ${outcome.kind}`);
  const controller = new AbortController();
  const canceled = sensor.capture(request, { signal: controller.signal }).then(
    () => 'a sample',
    (thrown: { readonly code?: string }) => thrown.code,
  );
  // At any moment of a capture, from before it began to while it waits.
  setTimeout(() => controller.abort(), i % 20);
  const code = await canceled;
  if (code !== 'WINBIO_E_CANCELED') throw new TypeError(`cancel ${i}: ${code}`);
  if (i === Math.floor(times / 10)) early = residentMb();
}
const grown = residentMb() - early;
const replaced = link.pid !== process0;
await close();
process.stdout.write(
  `${times} captures, ${times} cancels: ${complaints.length} complaints, memory grew by ${grown.toFixed(1)} MB${replaced ? ', in several processes' : ''}\n`,
);
for (const line of complaints.slice(0, 10)) process.stdout.write(`  ${line}\n`);
process.exitCode = complaints.length > 0 || grown > GROWTH_MB ? 1 : 0;
