/** `whorl doctor`: looks at each stage from the configuration to a first capture, and explains the first that fails. */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import colors from 'picocolors';
import { verifyAuditLog } from '../../composition/state/audit-log.ts';
import { auditFiles, stateDirectoryOf } from '../../composition/state/state-directory.ts';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { connect, type WhorlService } from '../../exports/whorl/index.ts';

/** Options of the command. */
export interface DoctorOptions {
  readonly config?: string;
  readonly address?: string;
  readonly json?: boolean;
  /** How long a finger may take, seconds. */
  readonly seconds?: number;
}

interface Stage {
  readonly name: string;
  /** Says what it found. */
  readonly check: () => Promise<string>;
}

const DEFAULT_SECONDS = 15;

/** Checks; the exit code is 1 when a stage fails. Those after it are not looked at. */
export async function doctor(options: DoctorOptions): Promise<void> {
  const { json = false } = options;
  const results: { stage: string; ok: boolean; found: string; remedy?: string }[] = [];
  await using stack = new AsyncDisposableStack();
  for (const { name, check } of stages(options, stack)) {
    try {
      const found = await check();
      results.push({ stage: name, ok: true, found });
      if (!json) process.stdout.write(`${colors.green('ok  ')} ${name}: ${found}\n`);
    } catch (thrown) {
      const { code, message, remedy } = toBiometricError(thrown);
      results.push({ stage: name, ok: false, found: `${code}: ${message}`, remedy });
      if (!json) process.stdout.write(`${colors.red('fail')} ${name}: ${code}: ${message}\n     ${remedy}\n`);
      process.exitCode = 1;
      break;
    }
  }
  if (json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
}

function stages(options: DoctorOptions, stack: AsyncDisposableStack): readonly Stage[] {
  let state = '';
  let address: string | undefined = options.address;
  let service: WhorlService;
  let virtualReader: string | undefined;
  return [
    {
      name: 'configuration',
      async check() {
        const { configuration, path } = await readConfiguration(options.config);
        state = configuration.state === 'memory' ? '' : stateDirectoryOf(configuration);
        address ??= configuration.socket;
        return path ?? 'none; everything is as by default';
      },
    },
    {
      name: 'state directory',
      async check() {
        if (state === '') return 'in memory';
        if (!existsSync(state)) return `${state} is not there yet; the service makes it`;
        if ((statSync(state).mode & 0o077) !== 0 && process.platform !== 'win32') {
          throw new BiometricError('WHORL_E_CONFIGURATION', `${state} is open to other users: chmod 700 ${state}`);
        }
        const owner = join(state, 'owner.json');
        return existsSync(owner) ? `${state}, owned by process ${ownerOf(owner)}` : `${state}, owned by nobody`;
      },
    },
    {
      name: 'audit log',
      async check() {
        const { log, key } = auditFiles(state);
        if (state === '' || !existsSync(log)) return 'none yet';
        const { lines, brokenAt } = await verifyAuditLog(log, key);
        if (brokenAt === undefined) return `${lines} lines, none changed`;
        throw new BiometricError('WHORL_E_MALFORMED', `${log} was changed at line ${brokenAt}`);
      },
    },
    {
      name: 'service',
      async check() {
        service = stack.use(await connect({ ...(address !== undefined && { address }) }));
        return 'answers, speaks this version, and lets this user in';
      },
    },
    {
      name: 'unit',
      async check() {
        const units = await service.units();
        const usable = units.find(({ poolType }) => poolType === 1);
        if (usable === undefined) {
          throw new BiometricError(
            'WINBIO_E_SENSOR_UNAVAILABLE',
            `of ${units.length} units none is in the system pool`,
          );
        }
        if (usable.model === 'Virtual Reader') virtualReader = 'virtual';
        return units.map(({ unitId, description }) => `${unitId} (${description})`).join(', ');
      },
    },
    {
      name: 'first capture',
      async check() {
        await using session = await service.openSession();
        const seconds = options.seconds ?? DEFAULT_SECONDS;
        const located = session.locate({ signal: AbortSignal.timeout(1000 * seconds) });
        located.catch(() => undefined);
        if (virtualReader === undefined) process.stderr.write(`touch a reader within ${seconds} s ...\n`);
        else await service.virtualReader(virtualReader).touch({ person: 1, finger: 'right-index' });
        return `unit ${await located} captured a finger`;
      },
    },
  ];
}

function ownerOf(file: string): string {
  return String((JSON.parse(readFileSync(file, 'utf8')) as { pid: number }).pid);
}
