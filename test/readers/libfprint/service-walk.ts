/**
 * A service that finds its readers by itself, and one capture with the first: run by a player of recordings. Usage: node
 * service-walk.ts <file.png>
 */

import { writeFileSync } from 'node:fs';
import { decodeFingerprintSample, encodePng } from '../../../src/exports/fingerprint/formats.ts';
import { connect } from '../../../src/exports/whorl/index.ts';

await using service = await connect({ embedded: { state: 'memory', readers: 'auto', engineThreads: 1 } });
const units = await service.units();
await using session = await service.openSession({ access: ['raw'] });
const outcome = await session.capture();
if (outcome.kind === 'captured')
  writeFileSync(process.argv[2] ?? '', encodePng(decodeFingerprintSample(outcome.sample)));
process.stdout.write(`${JSON.stringify({ kind: outcome.kind, units: units.map(({ name }) => name) })}\n`);
