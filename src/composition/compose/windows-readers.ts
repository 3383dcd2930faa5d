/** The fingerprint readers that Windows has, as its own framework lists them. */

import { type BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { WinBioFramework, type WinBioUnit } from '../../drivers/winbio/winbio-framework.ts';
import { loadWinBio } from '../../drivers/winbio/winbio-library.ts';
import type { ReaderConfiguration } from '../configuration/service-configuration.ts';

/** What was found. */
export interface WindowsReaders {
  readonly units: readonly WinBioUnit[];
  /** Why a library could not be asked. */
  readonly fault?: BiometricError;
}

/**
 * Those of the libraries of winbio.h that readers are configured with, and on Windows those of the system; undefined where there
 * is no such library. Never rejects.
 */
export async function windowsReaders(
  configured: readonly ReaderConfiguration[] | 'auto',
): Promise<WindowsReaders | undefined> {
  const named = configured === 'auto' ? [] : configured.filter((reader) => reader.kind === 'winbio');
  const libraries = new Set(named.map(({ library }) => library));
  if (process.platform === 'win32') libraries.add(undefined);
  if (libraries.size === 0) return undefined;
  const units: WinBioUnit[] = [];
  let fault: BiometricError | undefined;
  for (const library of libraries) {
    try {
      units.push(...(await unitsOf(library)));
    } catch (thrown) {
      fault ??= toBiometricError(thrown);
    }
  }
  return { units, ...(fault && { fault }) };
}

async function unitsOf(library: string | undefined): Promise<readonly WinBioUnit[]> {
  const framework = await WinBioFramework.open(await loadWinBio(library), { arrived() {}, removed() {} });
  try {
    return await framework.units();
  } finally {
    await framework.close();
  }
}

/** A reader, in words. */
export function windowsReaderName({ description, manufacturer, model }: WinBioUnit): string {
  return description || `${manufacturer} ${model}`.trim() || 'a reader without a name';
}
