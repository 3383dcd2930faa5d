/** Commands about the fingers of people: enroll, identify, verify and what belongs to it. */

import { either, oneOf, text } from '../../core/option-rules.ts';
import { command } from '../command-entry.ts';
import type { DeleteOptions } from '../fingers/delete.ts';
import type { EnrollCommandOptions } from '../fingers/enroll.ts';
import type { ListOptions } from '../fingers/list.ts';
import type { SessionCommandOptions } from '../fingers/on-session.ts';
import type { TouchOptions } from '../fingers/touch.ts';
import type { VerifyCommandOptions } from '../fingers/verify.ts';
import { freeText, inputFile, outputFile, sidOrGuid, uint32 } from '../value-rules.ts';
import { ADDRESS, FINGER, fingerName, IDENTITY, JSON_OUT, PPI, SESSION } from './options.ts';

export const FINGER_COMMANDS = [
  command({
    name: 'enroll',
    group: 'fingers',
    description: 'enroll a finger, touch by touch',
    options: [
      ['--finger <name>', `${FINGER[1]} (default: you are asked)`, fingerName],
      ['--identity <sid>', 'fail unless this is your account, which gets the template', sidOrGuid],
      ['--person <who>', 'person of the directory, who gets the template: identity, number or name', freeText],
      ...SESSION,
    ],
    examples: ['whorl enroll', 'whorl enroll --finger right-index', 'whorl enroll --person 4711 --reader desk'],
    run: async (options: EnrollCommandOptions) => (await import('../fingers/enroll.ts')).enroll(options),
  }),
  command({
    name: 'identify',
    group: 'fingers',
    description: 'tell whose finger touches a reader',
    options: SESSION,
    examples: ['whorl identify --seconds 10 --json'],
    run: async (options: SessionCommandOptions) => (await import('../fingers/identify.ts')).identify(options),
  }),
  command({
    name: 'verify',
    group: 'fingers',
    description: 'tell whether a finger belongs to an account',
    options: [IDENTITY, FINGER, ...SESSION],
    examples: ['whorl verify --finger right-index'],
    run: async (options: VerifyCommandOptions) => (await import('../fingers/verify.ts')).verify(options),
  }),
  command({
    name: 'locate',
    group: 'fingers',
    description: 'name the unit whose reader is touched',
    options: SESSION,
    examples: ['whorl locate'],
    run: async (options: SessionCommandOptions) => (await import('../fingers/locate.ts')).locate(options),
  }),
  command({
    name: 'capture',
    group: 'fingers',
    description: 'write one sample to a .png or .bir file; administrators only',
    arguments: [['<file>', 'file to write', outputFile]],
    options: SESSION,
    examples: ['whorl capture finger.png'],
    run: async (file: string, options: SessionCommandOptions) =>
      (await import('../fingers/capture.ts')).capture(file, options),
  }),
  command({
    name: 'list',
    group: 'fingers',
    description: 'list the enrolled fingers of an account',
    options: [IDENTITY, ...SESSION],
    examples: ['whorl list'],
    run: async (options: ListOptions) => (await import('../fingers/list.ts')).list(options),
  }),
  command({
    name: 'delete',
    group: 'fingers',
    description: 'delete templates of an account',
    options: [IDENTITY, FINGER, ['--all', 'all fingers'], ...SESSION],
    examples: ['whorl delete --finger right-index'],
    run: async (options: DeleteOptions) => (await import('../fingers/delete.ts')).deleteTemplates(options),
  }),
  command({
    name: 'touch',
    group: 'fingers',
    description: 'touch a virtual reader, or simulate a fault such as a pulled cable; administrators only',
    arguments: [
      [
        '[what]',
        'a finger such as right-index, or unplug, plug, hang, release, fault',
        either(fingerName, oneOf('unplug', 'plug', 'hang', 'release', 'fault')),
      ],
    ],
    options: [
      ['--reader <name>', 'name of the virtual reader', text],
      ['--person <n>', 'number of the synthetic person (default: 1)', uint32],
      ['--impression <n>', 'number of the impression (default: 0)', uint32],
      ['--image <file>', 'present this image file instead', inputFile],
      PPI,
      ['--bad <n>', 'simulate a touch that is rejected with this detail', uint32],
      ADDRESS,
      JSON_OUT,
    ],
    examples: ['whorl touch right-index --person 7', 'whorl touch --image print.png', 'whorl touch unplug'],
    run: async (what: string | undefined, options: TouchOptions) =>
      (await import('../fingers/touch.ts')).touch(what, options),
  }),
];
