/** `whorl touch`: touches a virtual reader, or simulates what happens to its cable. */

import { readFileSync } from 'node:fs';
import { BiometricError } from '../../core/biometric-error.ts';
import { decodeImage } from '../../exports/fingerprint/formats.ts';
import { connect, type TouchResult, type VirtualReaderClient } from '../../exports/whorl/index.ts';
import { EXIT_NO } from '../exit-codes.ts';
import { print } from '../print.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';
import { fingerOf } from './on-session.ts';

export interface TouchOptions extends ServiceCommandOptions {
  readonly reader?: string;
  readonly person?: number;
  readonly impression?: number;
  readonly image?: string;
  readonly ppi?: number;
  /** Reject detail of a touch that is rejected. */
  readonly bad?: number;
}

/** What can be done to a reader besides touching it. */
export const READER_ACTIONS = ['unplug', 'plug', 'hang', 'release', 'fault'] as const;

/**
 * Touches with a synthetic finger, an image file or a rejected sample, or runs an action. The exit code is 3 when
 * nothing was capturing.
 */
export async function touch(what: string | undefined, options: TouchOptions): Promise<void> {
  await using service = await connect({ ...(options.address !== undefined && { address: options.address }) });
  const reader = service.virtualReader(options.reader);
  const action = READER_ACTIONS.find((name) => name === what);
  if (action !== undefined) {
    await reader[action]();
    return print(options.json, { action }, `${action}: done`);
  }
  const result = await touched(reader, what, options);
  if (result === 'lost') process.exitCode = EXIT_NO;
  print(options.json, { result }, result === 'captured' ? 'captured' : 'lost: nothing was capturing');
}

async function touched(
  reader: VirtualReaderClient,
  what: string | undefined,
  options: TouchOptions,
): Promise<TouchResult> {
  const { person = 1, impression = 0, image, ppi, bad } = options;
  if (bad !== undefined) return await reader.presentRejected(bad);
  if (image !== undefined) {
    const bytes = readFileSync(image);
    return await reader.present(decodeImage(bytes, ppi === undefined ? {} : { resolutionPpi: ppi }));
  }
  if (what === undefined)
    throw new BiometricError('E_INVALIDARG', 'name a finger such as right-index, --image or --bad');
  return await reader.touch({ person, finger: fingerOf(what), impression });
}
