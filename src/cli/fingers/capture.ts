/** `whorl capture`: writes one sample to a file, as an image or as the record a WinBio program gets. */

import { writeFileSync } from 'node:fs';
import { BiometricError } from '../../core/biometric-error.ts';
import { decodeFingerprintSample, encodePng } from '../../exports/fingerprint/formats.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { print } from '../print.ts';
import { rejection } from './identify.ts';
import { readerName } from './names.ts';
import { onSession, type SessionCommandOptions, tell } from './on-session.ts';

/** Captures to a `.png` or `.bir` file; administrators only. The exit code is 3 when the sample was rejected. */
export async function capture(file: string, options: SessionCommandOptions): Promise<void> {
  const isImage = file.endsWith('.png');
  if (!isImage && !file.endsWith('.bir'))
    throw new BiometricError('E_INVALIDARG', 'name a file that ends in .png or .bir');
  const { outcome, reader } = await onSession(options, ['raw'], async ({ service, session, signal }) => {
    tell('touch a reader ...');
    const captured = await session.capture({ signal });
    return { outcome: captured, reader: await readerName(service, captured.unitId) };
  });
  if (outcome.kind === 'rejected') {
    process.exitCode = EXIT_NO;
    return print(options.json, outcome, rejection(outcome.detail));
  }
  const bytes = isImage ? encodePng(decodeFingerprintSample(outcome.sample)) : outcome.sample;
  writeFileSync(file, bytes, { mode: 0o600 });
  outcome.sample.fill(0);
  print(
    options.json,
    { file, bytes: bytes.length, unitId: outcome.unitId },
    `${file}: ${bytes.length} bytes from ${reader}`,
  );
}
