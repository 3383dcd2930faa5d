/** Commands that run a service, or look at one. */

import { text } from '../../core/option-rules.ts';
import { type CommandOption, command } from '../command-entry.ts';
import type { DoctorOptions } from '../service/doctor.ts';
import type { EventsOptions } from '../service/events.ts';
import type { ServeCommandOptions } from '../service/serve.ts';
import type { StatusOptions } from '../service/status.ts';
import type { TourOptions } from '../service/tour.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';
import { existing, guid, outputFile, port, readAtOnce, seconds, serviceName } from '../value-rules.ts';
import type { WindowsReportOptions } from '../windows/report.ts';
import type { InstallOptions, WindowsServiceOptions } from '../windows/service.ts';
import { ADDRESS, CONFIG, JSON_OUT, SECONDS } from './options.ts';

const NAME: CommandOption = ['--name <name>', 'name of the service of Windows (default: Whorl)', serviceName];
const PATIENCE: CommandOption = ['--seconds <n>', 'how long to wait (default: 60)', seconds];

export const SERVICE_COMMANDS = [
  command({
    name: 'tour',
    group: 'service',
    description:
      'walk through open, enroll, identify, verify and cancel with a virtual reader and synthetic fingers, then serve the console',
    options: [
      ['--once', 'stop after the walk-through, without the console'],
      ['--http <port>', 'port of the console (default: 17737)', port],
      ['--json', 'print one line of JSON per step'],
    ],
    examples: ['whorl tour --once'],
    run: async (options: TourOptions) => (await import('../service/tour.ts')).tour(options),
  }),
  command({
    name: 'serve',
    group: 'service',
    description: 'run the service for all processes of this machine, until SIGTERM or Ctrl+C',
    options: [
      CONFIG,
      ['--http [port]', 'also serve the web console on loopback (default port: the configured one, else 17737)', port],
      ['--fprintd', 'also stand in the place of fprintd on the message bus: logins and settings use this service'],
      ['--accept-rollback', 'start although the anchor has seen a later state; the audit log says so'],
      [
        '--windows-service <name>',
        'run as this service of Windows, which `whorl service install` has made',
        serviceName,
      ],
      ['--json', 'print the addresses as one line of JSON; the log goes to standard error'],
    ],
    examples: ['whorl serve --http', 'whorl serve --config /etc/whorl/whorl.config.json'],
    run: async (options: ServeCommandOptions) => (await import('../service/serve.ts')).serve(options),
  }),
  command({
    name: 'console',
    group: 'service',
    description: 'print a one-time address of the web console, already paired with this account',
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl console'],
    run: async (options: ServiceCommandOptions) => (await import('../service/console.ts')).consoleAddress(options),
  }),
  command({
    name: 'status',
    group: 'service',
    description: 'show the units, databases and settings of a running service',
    options: [['--wait <n>', 'how long to wait for a service, seconds (default: 0)', seconds], ADDRESS, JSON_OUT],
    examples: ['whorl status --json', 'whorl status --wait 20'],
    run: async (options: StatusOptions) => (await import('../service/status.ts')).status(options),
  }),
  command({
    name: 'doctor',
    group: 'service',
    description: 'check each stage from the configuration to a first capture and explain the first that fails',
    options: [CONFIG, ADDRESS, ['--seconds <n>', 'how long to wait for a finger (default: 15)', seconds], JSON_OUT],
    examples: ['whorl doctor'],
    run: async (options: DoctorOptions) => (await import('../service/doctor.ts')).doctor(options),
  }),
  command({
    name: 'units',
    group: 'service',
    description: 'list the attached biometric units',
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl units'],
    run: async (options: ServiceCommandOptions) => (await import('../service/units.ts')).units(options),
  }),
  command({
    name: 'databases',
    group: 'service',
    description: 'list the installed databases',
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl databases'],
    run: async (options: ServiceCommandOptions) => (await import('../service/units.ts')).databases(options),
  }),
  command({
    name: 'events',
    group: 'service',
    description: 'print arrivals and removals of units as they happen',
    options: [
      ['--touches', 'also touches that no operation waits for, and whose they are'],
      ['--requests', 'also every answered request; administrators only'],
      [
        '--reader <name|number>',
        'only touches of this reader, by its name or the number of its unit; needs --touches',
        text,
      ],
      SECONDS,
      ADDRESS,
      JSON_OUT,
    ],
    examples: ['whorl events --touches --json', 'whorl events --requests'],
    run: async (options: EventsOptions) => (await import('../service/events.ts')).events(options),
  }),
  command({
    name: 'locks',
    group: 'service',
    description: 'list readers and accounts that failed attempts have locked; administrators only',
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl locks'],
    run: async (options: ServiceCommandOptions) => (await import('../service/locks.ts')).locks(options),
  }),
  command({
    name: 'unlock',
    group: 'service',
    description: 'open what failed attempts have locked: a reader or account by its name in `whorl locks`, or all',
    arguments: [['[name]', 'name of the reader, or of the account as `whorl locks` prints it', text]],
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl unlock', 'whorl unlock "front door"'],
    run: async (name: string | undefined, options: ServiceCommandOptions) =>
      (await import('../service/locks.ts')).unlock(name, options),
  }),
  command({
    name: 'release',
    group: 'service',
    description: 'take a reader, or all, from the session that enrolls on it or has locked it; administrators only',
    arguments: [['[reader]', 'its name, or the number of its unit', text]],
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl release', 'whorl release "front door"'],
    run: async (reader: string | undefined, options: ServiceCommandOptions) =>
      (await import('../service/release.ts')).release(reader, options),
  }),
  command({
    name: 'service install',
    group: 'service',
    description: 'install the service of this machine on Windows: it starts with the machine; administrators only',
    options: [
      NAME,
      [
        '--config <file>',
        'configuration file (default: whorl.config.json in %ProgramData%\\whorl, if it is there)',
        readAtOnce,
      ],
      [
        '--account <account>',
        'account that it runs as: LocalSystem, LocalService, NetworkService, a managed account such as EXAMPLE\\whorl$ (default: one of its own, NT SERVICE\\<name>)',
        text,
      ],
      JSON_OUT,
    ],
    examples: [
      'whorl service install',
      'whorl service install --account LocalSystem --config C:\\whorl\\whorl.config.json',
    ],
    run: async (options: InstallOptions) => (await import('../windows/service.ts')).install(options),
  }),
  command({
    name: 'service remove',
    group: 'service',
    description: 'end the service of Windows and remove it; its state stays; administrators only',
    options: [NAME, PATIENCE, JSON_OUT],
    examples: ['whorl service remove'],
    run: async (options: WindowsServiceOptions) => (await import('../windows/service.ts')).remove(options),
  }),
  command({
    name: 'service start',
    group: 'service',
    description: 'start the service of Windows, and wait until it serves; administrators only',
    options: [NAME, PATIENCE, JSON_OUT],
    examples: ['whorl service start'],
    run: async (options: WindowsServiceOptions) => (await import('../windows/service.ts')).start(options),
  }),
  command({
    name: 'service stop',
    group: 'service',
    description: 'end the service of Windows, and wait until it has ended; administrators only',
    options: [NAME, PATIENCE, JSON_OUT],
    examples: ['whorl service stop'],
    run: async (options: WindowsServiceOptions) => (await import('../windows/service.ts')).stop(options),
  }),
  command({
    name: 'service status',
    group: 'service',
    description: 'show whether the service of Windows runs, and what it ended with',
    options: [NAME, JSON_OUT],
    examples: ['whorl service status --json'],
    run: async (options: WindowsServiceOptions) => (await import('../windows/service.ts')).status(options),
  }),
  command({
    name: 'windows report',
    group: 'service',
    description:
      'try all that Whorl does on this machine with Windows, and print a report to send us; it names no person, account or single device',
    options: [
      [
        '--touch',
        'also what needs fingers: somebody is at the reader, and enrolls and deletes fingers of this account',
      ],
      ['--service', `also a service of Windows, installed and removed again; administrators only`],
      ['--private-database <guid>', 'also private pools of the first reader, with this database', guid],
      ['--library <file>', 'another library of winbio.h (default: the winbio.dll of Windows)', existing],
      ['--out <file>', 'write the report to a file', outputFile],
      JSON_OUT,
    ],
    examples: ['whorl windows report --touch --out report.md'],
    run: async (options: WindowsReportOptions) => (await import('../windows/report.ts')).windowsReport(options),
  }),
];
