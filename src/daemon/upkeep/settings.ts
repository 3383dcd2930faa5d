/** The settings of a running service: what its file says, what it runs with, and how the file is changed. */

import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { checkConfiguration } from '../../composition/configuration/check-configuration.ts';
import { writeDurably } from '../../composition/state/write-durably.ts';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import type { Setting, SettingChanges, SettingProblem, SettingsReport } from '../../core/setting.ts';
import type { DaemonConfiguration } from '../configuration/daemon-configuration.ts';
import { DAEMON_SCHEMA } from '../configuration/daemon-schema.ts';
import { lineOf, readText, withValue } from './configuration-text.ts';
import { isFileOnly, type SettingRow, settingRows } from './setting-table.ts';

/** What `whorl serve` fills in. */
const USUAL: Readonly<Record<string, unknown>> = { readers: 'auto' };

/** What settings are made of. */
export interface SettingsParts {
  /** The file, or where it will be when the first value is set. */
  readonly file: string;
  /** What the service runs with. */
  readonly running: DaemonConfiguration;
  /** Fields that were given on the command line, such as `http.port`. */
  readonly overridden: readonly string[];
  readonly canRestart: boolean;
}

export class Settings {
  readonly #parts: SettingsParts;

  constructor(parts: SettingsParts) {
    this.#parts = parts;
  }

  /** All settings. Throws WHORL_E_CONFIGURATION when the file is no JSON. */
  report(): SettingsReport {
    const { file, running, overridden, canRestart } = this.#parts;
    // Without a file nothing is waiting in it.
    const there = existsSync(file);
    const text = readText(file);
    const kept = parsed(text, file);
    const settings = settingRows().map((row): Setting => {
      const path = row.key.split('.');
      const value = valueAt(kept, path);
      const given = overridden.includes(row.key);
      const runs = valueAt(running, path);
      const shown = given ? runs : value;
      const line = value === undefined ? undefined : lineOf(text, path);
      return {
        ...row,
        ...(shown !== undefined && { value: shown }),
        source: given ? 'command-line' : value === undefined ? 'default' : 'file',
        ...(line !== undefined && !given && { line }),
        ...lockOf(row, given),
        pending: there && !given && !isSame(value ?? USUAL[row.key], runs ?? USUAL[row.key]),
      };
    });
    return { ...(there && { file }), writable: isWritable(file), revision: revisionOf(text), settings, canRestart };
  }

  /** What would be wrong; empty when it can be saved. */
  check(changes: SettingChanges): readonly SettingProblem[] {
    return this.#checked(readText(this.#parts.file), changes).problems;
  }

  /** Writes them. Throws WHORL_E_CONFIGURATION, which names what is wrong. */
  save(changes: SettingChanges, revision: string): SettingsReport {
    const { file } = this.#parts;
    const before = readText(file);
    if (revisionOf(before) !== revision) {
      throw new BiometricError('WHORL_E_CONFIGURATION', `${file} was changed meanwhile: read the settings again`);
    }
    const { text, problems } = this.#checked(before, changes);
    const [problem] = problems;
    if (problem !== undefined) throw new BiometricError('WHORL_E_CONFIGURATION', `${problem.key}: ${problem.message}`);
    if (!isWritable(file)) {
      const remedy = `the service may not write it: change it by hand, or let its user write ${dirname(file)}`;
      throw new BiometricError('WHORL_E_CONFIGURATION', `${file}: ${remedy}`);
    }
    writeDurably(file, text.endsWith('\n') ? text : `${text}\n`);
    return this.report();
  }

  #checked(before: string, changes: SettingChanges): { readonly text: string; readonly problems: SettingProblem[] } {
    const { file, overridden } = this.#parts;
    const rows = new Set(settingRows().map(({ key }) => key));
    const problems: SettingProblem[] = [];
    let text = before;
    for (const [key, value] of Object.entries(changes)) {
      if (!rows.has(key)) problems.push({ key, message: 'there is no such setting' });
      else if (isFileOnly(key)) problems.push({ key, message: `it is changed in ${file} alone` });
      else if (overridden.includes(key)) problems.push({ key, message: 'it was given on the command line' });
      else if (key === 'readers' && namesModules(value)) {
        problems.push({ key, message: `readers of modules are added in ${file} alone` });
      } else text = withValue(text, key.split('.'), value ?? undefined);
    }
    if (problems.length > 0) return { text, problems };
    try {
      checkConfiguration(DAEMON_SCHEMA, parsed(text, file));
    } catch (thrown) {
      for (const line of toBiometricError(thrown).message.split('\n')) problems.push(problemOf(line, changes));
    }
    return { text, problems };
  }
}

/** A line of a check begins with the field. */
function problemOf(line: string, changes: SettingChanges): SettingProblem {
  const [, field = '', message = line] = /^([\w.[\]$-]+): (.*)$/.exec(line.trim()) ?? [];
  const keys = Object.keys(changes);
  const key = keys.find((each) => field === each || field.startsWith(`${each}.`) || field.startsWith(`${each}[`));
  return { key: key ?? keys[0] ?? field, message };
}

function lockOf({ key }: SettingRow, given: boolean): Pick<Setting, 'locked'> {
  if (given) return { locked: 'command-line' };
  return isFileOnly(key) ? { locked: 'file-only' } : {};
}

function namesModules(readers: unknown): boolean {
  return Array.isArray(readers) && readers.some((reader) => (reader as { kind?: unknown } | null)?.kind === 'module');
}

function valueAt(content: unknown, path: readonly string[]): unknown {
  let value = content;
  for (const name of path) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return value;
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new BiometricError('WHORL_E_CONFIGURATION', `${file} is not JSON: correct it by hand`, { cause });
  }
}

function revisionOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

/** It is replaced by a new file, so its folder is what counts. */
function isWritable(file: string): boolean {
  try {
    accessSync(dirname(file), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
