/** `whorl journal ...` and `whorl attendance`: who was where, and for how long. */

import { BiometricError } from '../../core/biometric-error.ts';
import { identityKey } from '../../core/identity.ts';
import { dayBeginMs, isDay, localDay, localTime } from '../../core/person-validity.ts';
import {
  connect,
  fingerName,
  fingerprintRejectDetail,
  type JournalKind,
  type JournalLine,
  type JournalQuery,
  type WhorlService,
} from '../../exports/whorl/index.ts';
import { interruptSignal } from '../interruption.ts';
import { columns, print, withFingers } from '../print.ts';
import { progressBar } from '../progress-bar.ts';
import { reportFault } from '../report-fault.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';
import { namedPerson } from './named-person.ts';

/** Options that choose among lines. */
export interface JournalOptions extends ServiceCommandOptions {
  readonly person?: string;
  readonly place?: string;
  readonly reader?: string;
  readonly kind?: string[];
  readonly from?: string;
  readonly until?: string;
  readonly limit?: number;
  readonly format?: 'csv' | 'jsonl';
}

export interface AttendanceOptions extends ServiceCommandOptions {
  readonly from?: string;
  readonly until?: string;
  readonly group?: string;
  readonly text?: string;
  readonly all?: boolean;
  readonly csv?: boolean;
}

const to = ({ address }: ServiceCommandOptions) => connect({ ...(address !== undefined && { address }) });
const DEFAULT_LINES = 50;
const MOST_A_PAGE = 1000;

export async function listJournal(options: JournalOptions): Promise<void> {
  await using service = await to(options);
  const query = await queryOf(service, options);
  const { limit = DEFAULT_LINES, json } = options;
  const lines: JournalLine[] = [];
  let total = 0;
  for (let cursor: string | undefined; ; ) {
    const part = Math.min(MOST_A_PAGE, limit - lines.length);
    const page = await service.journal.list({ ...query, limit: part, ...(cursor !== undefined && { cursor }) });
    lines.push(...page.items);
    total = page.total;
    cursor = page.next;
    if (cursor === undefined || lines.length >= limit) break;
  }
  const text = lines.map(inWords).reverse().join('\n');
  print(json, { lines, total }, text || 'no line fits');
}

/** Until Ctrl+C. */
export async function followJournal(options: JournalOptions): Promise<void> {
  await using service = await to(options);
  const query = await queryOf(service, options);
  using interruption = interruptSignal();
  for await (const line of service.journal.follow({ query, signal: interruption.signal })) {
    process.stdout.write(`${options.json === true ? JSON.stringify(line, withFingers) : inWords(line)}\n`);
  }
}

export async function exportJournal(options: JournalOptions): Promise<void> {
  await using service = await to(options);
  const query = await queryOf(service, options);
  using interruption = interruptSignal();
  const { signal } = interruption;
  const { format = 'csv' } = options;
  for await (const piece of service.journal.export(query, { format, signal })) process.stdout.write(piece);
}

/** Reports WHORL_E_MALFORMED, which names the first line that is not as it was written. */
export async function verifyJournal(options: ServiceCommandOptions): Promise<void> {
  const { json = false } = options;
  await using service = await to(options);
  using bar = progressBar('lines');
  using interruption = interruptSignal();
  const { signal } = interruption;
  const verdict = await service.journal.verify({ signal, onProgress: (lines) => bar.update(lines) });
  const { lines, forgotten, broken } = verdict;
  if (broken === undefined) return print(json, verdict, `${lines} lines, ${forgotten} forgotten, none changed`);
  const text = `line ${broken} of the journal was changed or taken away`;
  process.exitCode = reportFault(new BiometricError('WHORL_E_MALFORMED', text), json, verdict);
}

export async function forgetInJournal(who: string, options: ServiceCommandOptions): Promise<void> {
  await using service = await to(options);
  const { identity, name } = await namedPerson(service, who);
  const lines = await service.journal.forget(identity);
  print(options.json, { identity, lines }, `${lines} lines no longer name ${name}`);
}

export async function attendance(options: AttendanceOptions): Promise<void> {
  const { json, group, text, all, csv } = options;
  const today = localDay(Date.now());
  const from = options.from ?? `${today.slice(0, 8)}01`;
  const chosen = { ...(group !== undefined && { group }), ...(text !== undefined && { text }) };
  const query = { from, until: options.until ?? today, ...chosen, ...(all && { uses: 'all' as const }) };
  await using service = await to(options);
  using interruption = interruptSignal();
  if (csv === true) {
    const { signal } = interruption;
    for await (const piece of service.journal.exportAttendance(query, { signal })) process.stdout.write(piece);
    return;
  }
  const days = [];
  for (let cursor: string | undefined; ; ) {
    const page = await service.journal.attendance({
      ...query,
      limit: MOST_A_PAGE,
      ...(cursor !== undefined && { cursor }),
    });
    days.push(...page.items);
    cursor = page.next;
    if (cursor === undefined) break;
  }
  const rows = days.map(({ day, person, firstInMs, lastOutMs, minutes, touches }) => [
    day,
    person.name || identityKey(person.identity),
    localTime(firstInMs).slice(0, 5),
    lastOutMs === undefined ? '(open)' : localTime(lastOutMs).slice(0, 5),
    `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`,
    `${touches} touch${touches === 1 ? '' : 'es'}`,
  ]);
  print(json, days, columns(rows) || 'nobody was there');
}

async function queryOf(service: WhorlService, options: JournalOptions): Promise<JournalQuery> {
  const { person, place, reader, kind, from, until } = options;
  const identity = person === undefined ? undefined : (await namedPerson(service, person)).identity;
  return {
    ...(identity && { identity }),
    ...(place !== undefined && { place }),
    ...(reader !== undefined && { reader }),
    ...(kind !== undefined && { kinds: kind as JournalKind[] }),
    ...(from !== undefined && { fromMs: timeOf('--from', from, 0) }),
    ...(until !== undefined && { untilMs: timeOf('--until', until, 1) }),
  };
}

/** A day, which `later` makes the end of, or a time. Throws E_INVALIDARG. */
function timeOf(flag: string, text: string, later: number): number {
  if (isDay(text)) return dayBeginMs(text, later);
  const atMs = Date.parse(text);
  if (Number.isNaN(atMs)) throw new BiometricError('E_INVALIDARG', `${flag}: give a day as YYYY-MM-DD, or a time`);
  return atMs;
}

/** A line for people. */
function inWords(line: JournalLine): string {
  const {
    number,
    atMs,
    kind,
    person,
    forgotten,
    subFactor,
    reader,
    title = reader,
    place,
    reason,
    rejectDetail,
  } = line;
  const who = person === undefined ? '' : person.name || identityKey(person.identity);
  const whose = who || (forgotten === true ? '(forgotten)' : '');
  const detail = rejectDetail === undefined ? undefined : fingerprintRejectDetail(rejectDetail)?.name;
  const where = title === undefined ? '' : `at ${title}${place === undefined ? '' : `, ${place}`}`;
  const finger = subFactor ? fingerName(subFactor) : '';
  const words = [kind, whose, finger, where, detail ?? reason ?? ''].filter((each) => each !== '').join('  ');
  return `${number}  ${localDay(atMs)} ${localTime(atMs)}  ${words}`;
}
