/** The reference page of winbio.h: every name of the headers, and what became of it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FUNCTIONS } from '../../src/winbio/function-table.ts';
import { ROOT } from '../packages/package-table.ts';

/** Kinds of names, in the order of the page. */
const KINDS = {
  function: 'Functions',
  structure: 'Structures and their members',
  member: '',
  type: 'Types',
  constant: 'Constants',
  code: 'Result codes',
} as const;
type Kind = keyof typeof KINDS;

/** What became of a name. */
type State = 'supported' | 'type only' | 'not applicable' | `answers ${string}`;

/** A name of the headers. */
export interface HeaderEntry {
  readonly kind: Kind;
  /** Members as `WINBIO_BIR.HeaderBlock`. */
  readonly name: string;
  /** Of a constant or code: 32 bits, unsigned. */
  readonly value?: number;
  readonly state: State;
  /** Empty for what is supported. */
  readonly why: string;
}

interface Rule {
  readonly names: RegExp;
  readonly state: Exclude<State, 'supported'>;
  readonly why: string;
}

const LATER = 'only in later headers; the documented structure, which is used, does not have it';

/** The names that are not supported; the first rule that fits counts. */
const RULES: readonly Rule[] = [
  {
    names: /^PWINBIO_(?!\w+_CALLBACK$)/,
    state: 'not applicable',
    why: 'a pointer type: objects are references, an out-parameter is an `OutParameter`',
  },
  {
    names: /^(?:BIO_CTL_CODE|FILE_DEVICE_BIOMETRIC|IOCTL_BIOMETRIC_\w+|WINBIO_WBDI_\w+)$/,
    state: 'not applicable',
    why: 'between Windows and a driver; here a reader is a `SensorAdapter`',
  },
  {
    names:
      /^WINBIO_(?:SENSOR_ATTRIBUTES|DATA|UPDATE_FIRMWARE|CALIBRATION_INFO|DIAGNOSTICS|BLANK_PAYLOAD|CAPTURE_PARAMETERS|CAPTURE_DATA|SUPPORTED_ALGORITHMS|GET_INDICATOR|SET_INDICATOR|PRIVATE_SENSOR_TYPE_INFO|ENCRYPTED_CAPTURE_PARAMS|NOTIFY_WAKE)(?:\.|$)/,
    state: 'not applicable',
    why: 'what a driver is sent and answers; here a reader is a `SensorAdapter`',
  },
  {
    names: /^WINBIO_(?:SCP|SECURE)_\w+(?:\.|$)/,
    state: 'not applicable',
    why: 'between a sensor and an isolated process, which the service is not',
  },
  {
    names: /^WINBIO_(?:ESS|SETTING_TYPE|CONNECTED_SENSOR)(?:[_.]\w+)*$/,
    state: 'not applicable',
    why: 'isolated sign-in of Windows; `WinBioIsESSCapable` answers false',
  },
  {
    names: /^WINBIO_(?:TELEMETRY_\w+|PROTECTION_(?:TYPE|SOFTWARE|TRUSTED_\w+)|GESTURE_METADATA)(?:\.|$)/,
    state: 'not applicable',
    why: 'no function takes or reports it',
  },
  {
    names: /^WINBIO_\w+\.(?:Specific\.)?\w*\.?(?:OpaqueEngineData|HardwareInfo|Authorization)(?:\.|$)/,
    state: 'not applicable',
    why: LATER,
  },
  {
    names: /^WINBIO_EXTENDED_ENROLLMENT_STATUS\.Specific\.Iris\.(?:GridPoint\w+|Point3D|StopCapture\w+)(?:\.|$)/,
    state: 'not applicable',
    why: LATER,
  },
  {
    names: /^WINBIO_PRESENCE_PROPERTIES\.Iris(?:\.|$)/,
    state: 'not applicable',
    why: 'presence is reported of faces only',
  },
  {
    names:
      /^WINBIO_ASYNC_RESULT\.Parameters\.(?:VerifyAndReleaseTicket|IdentifyAndReleaseTicket|GetProtectionPolicy)(?:\.|$)/,
    state: 'type only',
    why: 'reserved: no function reports it',
  },
  {
    names: /^WINBIO_(?:PROTECTION_POLICY|PROTECTION_TICKET|MATCH_TYPE|WAKE_REASON)(?:\.|$)/,
    state: 'type only',
    why: 'reserved: no function takes or reports it',
  },
  {
    names: /^WINBIO_IDENTITY\.Value\.SecureId$/,
    state: 'type only',
    why: 'known to a secure component only; `E_INVALIDARG` as an argument',
  },
  {
    names: /^WINBIO_(?:ACCOUNT_POLICY|EXTENDED_ENROLLMENT_PARAMETERS)(?:\.|$)/,
    state: 'type only',
    why: 'what adapters are told; here arguments of `EngineAdapter`',
  },
];

/** Every name of the headers, as the list in the repository has them. */
export function headerEntries(): HeaderEntry[] {
  const list = readFileSync(join(ROOT, 'test/winbio/header-names.txt'), 'utf8');
  const answers = new Map(FUNCTIONS.map(({ name, answer }) => [name as string, answer]));
  return [...list.matchAll(/^(\w+) (\S+)(?: (0x\w+))?$/gm)].map(([, kind = '', name = '', value]) => {
    const rule = RULES.find(({ names }) => names.test(name));
    const answer = answers.get(name);
    const fact = { kind: kind as Kind, name, ...(value !== undefined && { value: Number(value) }) };
    if (answer !== undefined) return { ...fact, state: `answers ${answer}`, why: 'nothing here does that on request' };
    return { ...fact, state: rule?.state ?? 'supported', why: rule?.why ?? '' };
  });
}

/** The whole page. */
export function winbioHeaderPage(): string {
  const entries = headerEntries();
  const counts = [...Map.groupBy(entries, ({ state }) => state)]
    .map(([state, { length }]) => `${length} ${state}`)
    .join(', ');
  const sections = (Object.keys(KINDS) as Kind[])
    .filter((kind) => kind !== 'member')
    .map((kind) => {
      const rows = entries.filter((entry) => entry.kind === kind).flatMap((entry) => rowsOf(entry, entries));
      return `## ${KINDS[kind]}\n\n| Name | State | |\n|---|---|---|\n${rows.join('\n')}\n`;
    });
  return `# Every name of winbio.h

Generated from \`tools/docs/winbio-header-page.ts\` and \`test/winbio/header-names.txt\`, which lists the public names of winbio.h,
winbio_types.h, winbio_ioctl.h and winbio_err.h. A test compares it with the exports of \`whorl/winbio\` in both directions.

*supported*: exported, with the meaning of the header. *type only*: exported as a type that no function uses. *answers*: exported,
and ends with that code. *not applicable*: not exported. Names in all: ${entries.length} (${counts}).
What each function does, and its parameters: [winbio.md](winbio.md); how to port a program:
[guides/port-a-winbio-program.md](guides/port-a-winbio-program.md).

${sections.join('\n')}`;
}

/** The row of a name; a structure names its members, and has rows for those of another state. */
function rowsOf(entry: HeaderEntry, entries: readonly HeaderEntry[]): string[] {
  const members = entries.filter(({ kind, name }) => kind === 'member' && name.startsWith(`${entry.name}.`));
  const alike = members.filter(({ state }) => state === entry.state);
  const other = members.filter(({ name, state }) => {
    const parent = name.slice(0, name.lastIndexOf('.'));
    const above = members.find((member) => member.name === parent) ?? entry;
    return state !== entry.state && state !== above.state;
  });
  const short = (name: string) => `\`${name.slice(entry.name.length + 1)}\``;
  const named = alike.map(({ name }) => short(name)).join(', ');
  const text = [entry.why, named].filter((part) => part !== '').join(': ');
  return [
    `| \`${entry.name}\` | ${entry.state} | ${text} |`,
    ...other.map(({ name, state, why }) => `| \`${name}\` | ${state} | ${why} |`),
  ];
}
