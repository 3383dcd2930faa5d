/** `whorl init`: writes the configuration of a service from the answers to a few questions. */

import * as prompts from '@clack/prompts';
import type {
  ReaderConfiguration,
  ReadersConfiguration,
} from '../../composition/configuration/service-configuration.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { DaemonConfiguration } from '../../daemon/configuration/daemon-configuration.ts';
import { print } from '../print.ts';
import { configurationPath, writeConfiguration } from './configuration-file.ts';

export interface InitOptions {
  readonly config?: string;
  /** Ask nothing: the readers that are plugged in, or a virtual one, for the programs of this user. */
  readonly yes?: boolean;
  readonly force?: boolean;
  readonly json?: boolean;
}

const MACHINE_SOCKET = '/run/whorl/whorl.sock';

/** Asks and writes; replaces a file only with `--force`. Rejects with E_INVALIDARG, WHORL_E_CONFIGURATION. */
export async function init({ config, yes = false, force = false, json }: InitOptions): Promise<void> {
  const { path, exists } = configurationPath(config);
  if (exists && !force) throw new BiometricError('E_INVALIDARG', `${path} exists already; remove it or give --force`);
  if (!yes && !process.stdin.isTTY) throw new BiometricError('E_INVALIDARG', 'no terminal to ask on: give --yes');
  const configuration = yes ? { readers: await usualReaders() } : await asked();
  if (configuration === undefined) {
    process.exitCode = 130;
    return;
  }
  writeConfiguration(config, configuration);
  print(json, { path, configuration }, `wrote ${path}; start the service with: whorl serve --config ${path}`);
}

/** Those that are plugged in, where something can drive them; a virtual one stands in while there is none. */
async function usualReaders(): Promise<ReadersConfiguration> {
  const { hasLibfprint } = await import('../../composition/compose/libfprint-readers.ts');
  return (await hasLibfprint()) ? 'auto' : [{ kind: 'virtual' }];
}

/** Undefined when the questions were interrupted. */
async function asked(): Promise<DaemonConfiguration | undefined> {
  prompts.intro('A Whorl service');
  const answers = await prompts.group(
    {
      reader: () =>
        prompts.select({
          message: 'Which reader?',
          options: [
            { value: 'auto', label: 'those that are plugged in', hint: 'whatever libfprint drives' },
            { value: 'virtual', label: 'a virtual one', hint: 'synthetic fingers and image files, to try it out' },
            { value: 'replay', label: 'image files in a folder' },
            { value: 'module', label: 'one with an adapter module' },
          ],
        }),
      source: ({ results }) => {
        if (results.reader === 'virtual' || results.reader === 'auto') return Promise.resolve('');
        const message = results.reader === 'replay' ? 'Which folder?' : 'Which module? (package name or path)';
        return prompts.text({ message, validate: (text) => (text ? undefined : 'a name is needed') });
      },
      who: () =>
        prompts.select({
          message: 'Who may use it?',
          options: [
            { value: 'me', label: 'programs of this user' },
            { value: 'machine', label: 'all users of this machine', hint: 'needs root, or an account of its own' },
          ],
        }),
      enroll: ({ results }) =>
        results.who === 'machine'
          ? prompts.text({ message: 'Which group may enroll?', placeholder: 'users', defaultValue: 'users' })
          : Promise.resolve(''),
      web: () => prompts.confirm({ message: 'Serve the web console, and paired web pages?', initialValue: true }),
    },
    { onCancel: () => prompts.cancel('Nothing was written.') },
  );
  if (Object.keys(answers).length === 0 || answers.web === undefined) return undefined;
  const readers: ReadersConfiguration =
    answers.reader === 'auto' ? 'auto' : [readerOf(answers.reader, String(answers.source))];
  return {
    readers,
    ...(answers.who === 'machine' && {
      socket: MACHINE_SOCKET,
      access: { users: ['*'], enroll: [`@${answers.enroll}`] },
    }),
    ...(answers.web && { http: {} }),
  };
}

function readerOf(kind: string, source: string): ReaderConfiguration {
  if (kind === 'replay') return { kind, folder: source };
  if (kind === 'module') return { kind, module: source };
  return { kind: 'virtual' };
}
