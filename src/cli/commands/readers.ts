/** Commands that look at readers without a service. */

import { text } from '../../core/option-rules.ts';
import { command } from '../command-entry.ts';
import type { ReadersOptions } from '../readers/readers.ts';
import type { TestReaderOptions } from '../readers/test-reader.ts';
import { freeText, outputFile } from '../value-rules.ts';
import { CONFIG, JSON_OUT, PPI, SECONDS } from './options.ts';

export const READER_COMMANDS = [
  command({
    name: 'readers',
    group: 'service',
    description:
      'list the fingerprint readers that are plugged in: which work, which need permission or have no driver',
    options: [CONFIG, JSON_OUT],
    examples: ['whorl readers', 'whorl readers --json'],
    run: async (options: ReadersOptions) => (await import('../readers/readers.ts')).readers(options),
  }),
  command({
    name: 'readers test',
    group: 'service',
    description: 'capture once with a reader, without a service, and say how good the picture is',
    arguments: [
      ['[name]', 'its name in `whorl readers`, its USB id, serial number or device path (default: the first)', text],
    ],
    options: [['--out <file.png>', 'write the picture', outputFile], PPI, SECONDS, JSON_OUT],
    examples: ['whorl readers test', 'whorl readers test uru4000 --out picture.png'],
    run: async (name: string | undefined, options: TestReaderOptions) =>
      (await import('../readers/test-reader.ts')).testReader(name, options),
  }),
  command({
    name: 'readers udev',
    group: 'service',
    description: 'print rules for udev that let a group use the readers that libfprint drives',
    options: [['--group <name>', 'the group (default: whorl)', freeText]],
    examples: ['whorl readers udev | sudo tee /etc/udev/rules.d/70-whorl-readers.rules'],
    run: async (options: { readonly group?: string }) => (await import('../readers/readers.ts')).readersUdev(options),
  }),
];
