/** Recordings of real readers, played by umockdev: every folder of `libfprint-recordings` in the test data. */

import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const REPOSITORY = resolve(fileURLToPath(new URL('../../..', import.meta.url)));
const ROOT = join(process.env.WHORL_TEST_DATA ?? join(REPOSITORY, '..', 'shared', 'data'), 'libfprint-recordings');

/** A recording. */
export interface Recording {
  readonly name: string;
  readonly folder: string;
  /** The picture it ends with; absent for readers that match inside. */
  readonly picture?: string;
}

/** All of them, by name; empty when there are none. */
export const RECORDINGS: readonly Recording[] = existsSync(ROOT)
  ? readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => {
        const folder = join(ROOT, name);
        const picture = join(folder, 'capture.png');
        return { name, folder, ...(existsSync(picture) && { picture }) };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  : [];

/** Why nothing can be played; undefined when all is there. */
export const missing = whatIsMissing();

function whatIsMissing(): string | undefined {
  if (RECORDINGS.length === 0) return `no recordings in ${ROOT}`;
  if (!existsSync('/usr/bin/umockdev-run')) return 'umockdev is not installed';
  const hwdb = ['/usr/lib', '/lib'].some((lib) => existsSync(`${lib}/udev/hwdb.d/60-autosuspend-libfprint-2.hwdb`));
  return hwdb ? undefined : 'libfprint-2-2 is not installed';
}

/** What a program that was run printed. */
export interface Played {
  readonly code: number;
  readonly stdout: string;
  /** Without the noise of libusb, which finds no device file of its own. */
  readonly stderr: string;
}

/** Runs a program that sees the recorded reader. Never rejects. */
export function play(
  { folder }: Recording,
  program: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<Played> {
  const { promise, resolve: done } = Promise.withResolvers<Played>();
  execFile(
    'umockdev-run',
    [...playerArguments(folder), '--', process.execPath, ...program],
    { cwd: REPOSITORY, maxBuffer: 1 << 26, env: { ...process.env, ...environment } },
    (failure, stdout, stderr) => {
      const code = failure === null ? 0 : Number((failure as { code?: unknown }).code ?? 1);
      const lines = stderr.split('\n').filter((line) => line !== '' && !line.includes('libusb: error'));
      done({ code, stdout, stderr: lines.join('\n') });
    },
  );
  return promise;
}

/** Recordings of USB traffic name their device by its path, those of ioctls by its file. */
function playerArguments(folder: string): readonly string[] {
  const names = readdirSync(folder).sort();
  const devices = names.filter((name) => name.startsWith('device')).map((name) => join(folder, name));
  const first = (file: string) => readFileSync(file, 'latin1').split('\n')[0] ?? '';
  const path = `/sys${first(devices[0] ?? '').replace(/^P: /, '')}`;
  return [
    ...devices.flatMap((device) => ['-d', device]),
    ...names.filter((name) => name.endsWith('.pcapng')).flatMap((name) => ['-p', `${path}=${join(folder, name)}`]),
    ...names
      .filter((name) => name.endsWith('.ioctl'))
      .flatMap((name) => ['-i', `${first(join(folder, name)).split(' ')[1]}=${join(folder, name)}`]),
  ];
}
