/** Nobody touches for longer than libfprint allows, and then somebody does. Usage: untouched.ts [minutes] */

import { setTimeout as sleep } from 'node:timers/promises';
import { hasLibfprint } from '../../../src/composition/compose/libfprint-readers.ts';
import { fingerPicture, pictureMessage, virtualSensor } from './virtual-image.ts';
import { tellVirtual } from './virtual-storage.ts';

const minutes = Number(process.argv[2] ?? 10);

if (!(await hasLibfprint())) {
  process.stdout.write('untouched: left out, libfprint-2-2 is not installed\n');
  process.exit();
}
const { sensor, link, socket, close } = await virtualSensor(0);
const processes = new Set<number | undefined>();
link.watch({ needed: () => void processes.add(link.pid) });
const waiting = sensor.capture({ purpose: 1 }, { signal: new AbortController().signal });
const ended = waiting.then(
  () => 'a sample',
  (thrown: unknown) => String(thrown),
);
const early = await Promise.race([ended, sleep(60_000 * minutes)]);
if (early === undefined) await tellVirtual(socket, pictureMessage(fingerPicture()));
const outcome = await ended;
await close();
process.stdout.write(`untouched for ${minutes} minutes in ${processes.size} processes, then ${outcome}\n`);
process.exitCode = early === undefined && outcome === 'a sample' ? 0 : 1;
