/**
 * What the recordings of readers that match inside hold, done through the contract: run by a player, prints one line of JSON.
 * Usage: node chip-walk.ts
 */

import { SILENT_LOGGER } from '../../../src/core/logger.ts';
import { LibfprintDevice } from '../../../src/devices/libfprint/libfprint-device.ts';
import { foundReaders, isDriven } from '../../../src/drivers/libfprint/found-readers.ts';
import { ReaderLink } from '../../../src/drivers/libfprint/reader-link.ts';

const { signal } = new AbortController();
const [found] = (await foundReaders()).filter(isDriven);
if (found === undefined) throw new TypeError('no reader');
const link = await ReaderLink.start(found, { logger: SILENT_LOGGER });
await using device = new LibfprintDevice(link);
const can = (capability: (typeof device.info.capabilities)[number]) => device.info.capabilities.includes(capability);
await device.open({ signal });
if (can('clear')) await device.clear({ signal });
const stages: string[] = [];
const enrolled = await device.enroll(
  { subFactor: 2, label: 'w-0001' },
  { signal, onStage: (stage) => void stages.push(stage.kind) },
);
if (enrolled.kind !== 'enrolled') throw new TypeError(enrolled.kind);
const { print } = enrolled;
const listed = can('list') ? await device.list({ signal }) : undefined;
// The recording of a chip that does not list sleeps and wakes while it verifies.
const verifying = device.verify(print, { signal });
if (listed === undefined) {
  await new Promise((resolve) => setImmediate(resolve));
  device.notifyPower('suspend');
  device.notifyPower('resume');
}
const verified = await verifying;
const identified = listed && (await device.identify(listed, { signal }));
await device.delete(print, { signal });
process.stdout.write(
  `${JSON.stringify({
    driver: device.info.driver,
    accepted: stages.filter((kind) => kind === 'accepted').length,
    wanted: device.info.enrollStages,
    listed: listed?.map(({ id }) => id === print.id),
    verified: verified.kind,
    identified: identified?.kind,
  })}\n`,
);
