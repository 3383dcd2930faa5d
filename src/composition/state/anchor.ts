/**
 * A place outside the state directory that remembers how far its state was, so that a whole directory of an earlier day
 * is noticed: a file, a program, or the log of the system.
 */

import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { BiometricError } from '../../core/biometric-error.ts';
import type { AnchorConfiguration } from '../configuration/service-configuration.ts';
import { writeDurably } from './write-durably.ts';

/** Remembers one line. */
export interface Anchor {
  /** For people: what it is. */
  readonly name: string;
  /** Rejects when the line was not taken. */
  write(line: string): Promise<void>;
  /** The last line; undefined when there is none. Absent where lines cannot be read back. */
  readonly read?: () => Promise<string | undefined>;
}

const DEADLINE_MS = 10_000;

/** The anchor of a configuration. */
export function anchorOf(configuration: AnchorConfiguration): Anchor {
  switch (configuration.kind) {
    case 'file':
      return fileAnchor(configuration.path);
    case 'command':
      return commandAnchor(configuration.command);
    case 'syslog':
      return {
        name: 'syslog',
        write: async (line) => void (await run(['logger', '-t', 'whorl', '-p', 'auth.notice', line])),
      };
    default:
      return configuration satisfies never;
  }
}

function fileAnchor(path: string): Anchor {
  return {
    name: path,
    write: async (line) => writeDurably(path, `${line}\n`),
    read: async () => (existsSync(path) ? lastLine(readFileSync(path, 'utf8')) : undefined),
  };
}

/** The program gets `write` or `read` as its last argument. */
function commandAnchor(command: readonly string[]): Anchor {
  return {
    name: command.join(' '),
    write: async (line) => void (await run([...command, 'write'], `${line}\n`)),
    read: async () => lastLine(await run([...command, 'read'])),
  };
}

function lastLine(text: string): string | undefined {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .at(-1);
}

/** What the program printed. Rejects with WHORL_E_CONFIGURATION when it fails, or takes longer than ten seconds. */
function run([program = '', ...args]: readonly string[], input = ''): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = execFile(program, args, { timeout: DEADLINE_MS, killSignal: 'SIGKILL' }, (cause, stdout) => {
    if (cause === null) return resolve(stdout);
    const why = cause.killed ? 'takes longer than 10 seconds' : 'failed';
    reject(new BiometricError('WHORL_E_CONFIGURATION', `anchor: ${program} ${why}`, { cause }));
  });
  // A program that reads nothing ends before it has been written to.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(input);
  return promise;
}
