/** The process of a reader is killed while a finger is waited for, and each time a finger is captured. Usage: killed.ts [times] */

import { hasLibfprint } from '../../../src/composition/compose/libfprint-readers.ts';
import { fingerPicture, pictureMessage, virtualSensor } from './virtual-image.ts';

const times = Number(process.argv[2] ?? 100);

if (!(await hasLibfprint())) {
  process.stdout.write('killed: left out, libfprint-2-2 is not installed\n');
  process.exit();
}
const { sensor, link, show, close } = await virtualSensor(0);
const { signal } = new AbortController();
let captured = 0;
for (let i = 0; i < times; i++) {
  const waiting = sensor.capture({ purpose: 1 }, { signal });
  await new Promise<void>((resolve) => {
    const watching = link.watch({
      needed: () => {
        watching[Symbol.dispose]();
        resolve();
      },
    });
  });
  show(pictureMessage(fingerPicture()));
  process.kill(link.pid!, 'SIGKILL');
  if ((await waiting).kind === 'sample') captured += 1;
}
await close();
process.stdout.write(`killed ${times} times: ${captured} of ${times} fingers captured\n`);
process.exitCode = captured === times ? 0 : 1;
