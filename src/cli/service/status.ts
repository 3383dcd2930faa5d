/** `whorl status`: the units, databases and settings of a running service. */

import { connect, type ServiceStatus } from '../../exports/whorl/index.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';

/** Options of the command. */
export interface StatusOptions extends ServiceCommandOptions {
  /** How long to wait for a service, seconds. */
  readonly wait?: number;
}

/** Prints them. Rejects with WHORL_E_SERVICE_NOT_RUNNING. */
export async function status({ address, json = false, wait = 0 }: StatusOptions): Promise<void> {
  await using service = await connect({ ...(address !== undefined && { address }), waitMs: 1000 * wait });
  const [own, units, databases, settings] = await Promise.all([
    service.administration.status(),
    service.units(),
    service.databases(),
    service.settings(),
  ]);
  if (json) {
    process.stdout.write(`${JSON.stringify({ ...own, units, databases, settings }, null, 2)}\n`);
    return;
  }
  const lines = [
    ...processLines(own),
    ...units.map(
      ({ unitId, name, description, poolType }) =>
        `unit ${unitId}: ${description}, ${POOLS[poolType] ?? 'no'} pool, reader ${name}`,
    ),
    ...databases.map(({ databaseId, filePath }) => `database ${databaseId}${filePath && ` in ${filePath}`}`),
    ...(own.loading ?? []).map(
      ({ databaseId, loaded, total }) => `database ${databaseId} is being read: ${loaded} of ${total} templates`,
    ),
    ...sharedLines(own),
    ...own.faults.map(({ code, message, remedy }) => `${code}: ${message}\n  ${remedy}`),
    `framework ${settings.enabled.value ? 'enabled' : 'disabled'}, logon ${settings.logon.value ? 'enabled' : 'disabled'}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The process and its files; to others than administrators the service says no more than its version and age. */
function processLines({ version, pid, uptimeSeconds, residentBytes, ...places }: ServiceStatus): readonly string[] {
  const up = `up ${durationText(uptimeSeconds)}`;
  if (pid === undefined || residentBytes === undefined) return [`version ${version}, ${up}`];
  return [
    `process ${pid}, ${up}, ${Math.round(residentBytes / 2 ** 20)} MB of memory`,
    `configuration ${places.configurationFile ?? 'by default: no file was read'}`,
    `state in ${places.stateDirectory ?? 'memory'}`,
  ];
}

/** What is shared with other services, and how far the copies here are. */
function sharedLines({ shared }: ServiceStatus): readonly string[] {
  if (shared === undefined) return [];
  const { site, live, sinceMs, journalWaiting, databases = [] } = shared;
  const since = sinceMs === undefined ? '' : ` since ${timeText(sinceMs)}`;
  return [
    `shared as ${site}: the database is ${live ? '' : 'not '}reached${since}`,
    ...(journalWaiting > 0 ? [`${journalWaiting} lines of the journal are told to the others later`] : []),
    ...databases.map(({ databaseId, change, reachedMs, tooOld }) => {
      const reached = reachedMs === undefined ? 'never' : timeText(reachedMs);
      const old = tooOld ? '; nobody is recognised any more' : '';
      return `copy of ${databaseId}: change ${change}${live ? '' : `, of ${reached}${old}`}`;
    }),
  ];
}

function timeText(atMs: number): string {
  return new Date(atMs).toLocaleString();
}

/** Days, hours and minutes of long times, seconds of short ones. */
function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor(minutes / 60) % 24, 'h'],
    [minutes % 60, 'min'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count} ${unit}`] : [])).join(' ');
}

const POOLS: Readonly<Record<number, string>> = { 1: 'system', 2: 'private' };
