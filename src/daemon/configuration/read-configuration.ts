/** Finds and reads the configuration of a daemon. */

import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { checkConfiguration } from '../../composition/configuration/check-configuration.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { DaemonConfiguration } from './daemon-configuration.ts';
import { DAEMON_SCHEMA } from './daemon-schema.ts';

/** Looked for in the working directory. */
export const CONFIGURATION_FILE = 'whorl.config.json';

/** A configuration and where it came from. */
export interface FoundConfiguration {
  /** Checked; empty when there is no file. */
  readonly configuration: DaemonConfiguration;
  /** Undefined when there is none, and everything is as by default. */
  readonly path: string | undefined;
  /** What relative paths and adapter modules in it refer to. */
  readonly folder: string;
}

/**
 * Reads the named file, or `whorl.config.json` of the working directory if there is one. Rejects with
 * WHORL_E_CONFIGURATION, one line for each field that is wrong.
 *
 * @example
 * ```ts
 * const { configuration, folder } = await readConfiguration('/etc/whorl/whorl.config.json');
 * ```
 */
export async function readConfiguration(path?: string): Promise<FoundConfiguration> {
  const file = resolve(path ?? CONFIGURATION_FILE);
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (path === undefined && (cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new BiometricError('WHORL_E_CONFIGURATION', `${file} cannot be read`, { cause });
  });
  if (text === undefined) return { configuration: {}, path: undefined, folder: process.cwd() };
  const configuration = checkConfiguration(DAEMON_SCHEMA, parse(text, file));
  return { configuration, path: file, folder: dirname(file) };
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : '';
    throw new BiometricError('WHORL_E_CONFIGURATION', `${file} is not JSON: ${detail}`, { cause });
  }
}
