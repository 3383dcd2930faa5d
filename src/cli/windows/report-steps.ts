/** What a report of a machine with Windows tries, one after the other, and what it says of each. */

import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { arch, release, tmpdir, version } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ownSid } from '../../composition/accounts/own-account.ts';
import { BiometricError, toBiometricError } from '../../core/biometric-error.ts';
import { codeName } from '../../core/codes.ts';
import { loadNativeWinBio } from '../../drivers/winbio/native-winbio.ts';
import { PROTOTYPES, type PrototypeName } from '../../drivers/winbio/prototypes.ts';
import { machineFolder } from '../../drivers/windows/machine-service.ts';
import { isElevated } from '../../drivers/windows/token-account.ts';
import { win32 } from '../../drivers/windows/win32.ts';
import { connect } from '../../exports/whorl/index.ts';
import { winBioSuite } from '../../exports/whorl/testkit.ts';
import {
  out,
  systemWinBio,
  type WINBIO_STORAGE_SCHEMA,
  WINBIO_TYPE_FINGERPRINT,
  type WINBIO_UNIT_SCHEMA,
} from '../../exports/whorl/winbio/system.ts';
import { runSuite } from '../conformance/run-suite.ts';
import { type WinBioLibraryOptions, winBioLibrary } from '../conformance/winbio-library.ts';
import { tell } from '../fingers/on-session.ts';
import { startService } from '../service/serve.ts';

/** What is tried. */
export interface ReportedMachine extends WinBioLibraryOptions {
  /** Also a service of Windows, which is installed and removed again. */
  readonly service?: boolean;
}

/** What a step has found: nothing that names a person, an account, a computer or one device among others. */
export type Facts = Readonly<Record<string, unknown>>;

/** One thing that is tried. */
export interface ReportStep {
  readonly name: string;
  /** Why it is not tried here. */
  skip?(machine: ReportedMachine): string | undefined;
  /** Rejects when it does not go as it should. */
  run(machine: ReportedMachine, signal: AbortSignal): Promise<Facts>;
}

/** How long another process may take, milliseconds. */
const PROCESS_MS = 120_000;
/** A service of Windows of its own, beside that of the machine. */
const TRIAL_SERVICE = 'WhorlTrial';

const onlyWindows = () => (process.platform === 'win32' ? undefined : 'this is not Windows');

export const REPORT_STEPS: readonly ReportStep[] = [
  {
    name: 'computer',
    async run() {
      return {
        system: version(),
        release: release(),
        architecture: arch(),
        node: process.version,
        koffi: win32() !== undefined,
        account: ownSid().split('-').slice(0, 4).join('-'),
        elevated: isElevated(),
      };
    },
  },
  {
    name: 'functions of winbio.dll',
    async run({ library: path }) {
      const native = await loadNativeWinBio(path, 'winbio.dll is of Windows: name a library with --library');
      const lacking = (Object.keys(PROTOTYPES) as PrototypeName[]).filter((name) => !native.has(name));
      return { functions: Object.keys(PROTOTYPES).length, lacking };
    },
  },
  {
    name: 'readers and settings',
    async run({ library }) {
      const winbio = await systemWinBio({ library });
      const [units, databases] = [out<WINBIO_UNIT_SCHEMA[] | null>(), out<WINBIO_STORAGE_SCHEMA[] | null>()];
      const codes = [
        await winbio.WinBioEnumBiometricUnits(WINBIO_TYPE_FINGERPRINT, units, out()),
        await winbio.WinBioEnumDatabases(WINBIO_TYPE_FINGERPRINT, databases, out()),
      ];
      const settings: Record<string, unknown> = {};
      for (const name of ['WinBioGetEnabledSetting', 'WinBioGetLogonSetting'] as const) {
        const [value, source] = [out<boolean>(), out<number>()];
        codes.push(await winbio[name](value, source));
        settings[name] = [value.value, source.value];
      }
      const facts = {
        codes: codes.map(codeName).join(' '),
        settings,
        units: (units.value ?? []).map((unit) => ({
          pool: unit.PoolType,
          subType: unit.SensorSubType,
          capabilities: unit.Capabilities,
          description: unit.Description,
          manufacturer: unit.Manufacturer,
          model: unit.Model,
          firmware: unit.FirmwareVersion,
          // The rest of the id is of this one device.
          bus: /^[^\\]*\\VID_[\dA-F]{4}&PID_[\dA-F]{4}/i.exec(unit.DeviceInstanceId)?.[0] ?? 'another',
        })),
        databases: (databases.value ?? []).map(({ Attributes, DataFormat }) => ({ Attributes, DataFormat })),
      };
      for (const block of [units.value, databases.value]) if (block) winbio.WinBioFree(block);
      return facts;
    },
  },
  {
    name: 'clauses of the client interface',
    async run(machine, signal) {
      await using rig = await winBioLibrary(machine, signal);
      const { results, ...counts } = await runSuite(
        winBioSuite(async () => rig.rig, rig.lacks),
        signal,
      );
      const failing = results.filter(({ state }) => state === 'failing').map(({ id, why }) => ({ id, why }));
      const skipped = results.filter(({ state }) => state === 'skipped').map(({ id }) => id);
      return { ...counts, failing, skippedClauses: skipped.join(' ') };
    },
  },
  {
    name: 'a service with these readers',
    async run(machine, signal) {
      const readers = [{ kind: 'winbio', pool: 'system', library: machine.library }] as const;
      await using service = await connect({ embedded: { state: 'memory', readers, engineThreads: 1 } });
      const units = await service.units();
      if (units.length === 0) return { units: 0 };
      await using session = await service.openSession();
      let touched: string | undefined;
      if (machine.touch === true) {
        tell('touch the reader with any finger ...');
        const patience = AbortSignal.any([signal, AbortSignal.timeout(PROCESS_MS)]);
        touched = (await session.identify({ signal: patience })).kind;
      }
      // Comes last: a touch that meets the end of what was canceled is nobody's.
      const stop = new AbortController();
      const waiting = session.identify({ signal: stop.signal }).catch((thrown: Error) => thrown.name);
      await service.units();
      const startedMs = performance.now();
      stop.abort();
      const canceled = await waiting;
      const cancelMs = Math.round(performance.now() - startedMs);
      return { units: units.length, ...(touched && { touched }), canceled, cancelMs };
    },
  },
  {
    name: 'another process over the pipe',
    skip: onlyWindows,
    async run() {
      const folder = await mkdtemp(join(tmpdir(), 'whorl-report-'));
      try {
        const configuration = {
          state: { directory: join(folder, 'state') },
          engineThreads: 1,
          log: { level: 'error' },
        } as const;
        await using daemon = await startService({ ...configuration, readers: [{ kind: 'virtual' }] }, { folder });
        const { status, outcome, tookMs } = await whorl(['status', '--json'], { WHORL_SOCKET: daemon.address });
        if (status !== 0) throw new BiometricError('E_FAIL', `whorl status: ${outcome}`);
        return { tookMs };
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  },
  {
    name: 'a service of Windows',
    skip: ({ service }) =>
      onlyWindows() ??
      (service === true ? undefined : '--service was not given') ??
      (isElevated() ? undefined : 'the process is not elevated'),
    async run() {
      const steps: Record<string, string> = {};
      const name = ['--name', TRIAL_SERVICE];
      try {
        for (const step of ['install', 'start', 'status', 'stop']) {
          const { status, outcome, tookMs } = await whorl(['service', step, ...name]);
          steps[step] = `${outcome}, ${tookMs} ms`;
          if (status !== 0) throw new BiometricError('E_FAIL', `whorl service ${step}: ${outcome}`);
        }
      } finally {
        steps.remove = (await whorl(['service', 'remove', ...name])).outcome;
        await rm(machineFolder(TRIAL_SERVICE), { recursive: true, force: true });
      }
      return steps;
    },
  },
  {
    name: 'speed of the engine',
    async run() {
      const { status, stdout, outcome } = await whorl(['bench', 'extract', '--json', '--rounds', '2']);
      if (status !== 0) throw new BiometricError('E_FAIL', `whorl bench extract: ${outcome}`);
      const { extractMs, compareNonMatedUs, compareMatedUs } = JSON.parse(stdout) as Facts;
      return { extractMs, compareNonMatedUs, compareMatedUs };
    },
  },
];

/** Runs this command; of what it says only the code is told, because the rest may name places and people. */
async function whorl(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const [, main = ''] = process.argv;
  const startedMs = performance.now();
  const { status, stdout, stderr } = await promisify(execFile)(process.execPath, [main, ...args], {
    env: { ...process.env, ...environment },
    timeout: PROCESS_MS,
    windowsHide: true,
  }).then(
    (done) => ({ status: 0, ...done }),
    ({ code, stdout: said = '', stderr: fault = '' }: { code?: unknown; stdout?: string; stderr?: string }) => ({
      status: code,
      stdout: said,
      stderr: fault,
    }),
  );
  const code = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+/m.exec(stderr)?.[0];
  const outcome = status === 0 ? 'done' : (code ?? `ended with ${String(status)}`);
  return { status, stdout, outcome, tookMs: Math.round(performance.now() - startedMs) };
}

/** A fault in words that name nobody: those of E_FAIL are of these steps. */
export function faultText(thrown: unknown): string {
  const { code, message } = toBiometricError(thrown);
  return code === 'E_FAIL' ? message : code;
}
