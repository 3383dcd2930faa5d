/** `whorl people ...`: the directory of people. */

import { readFile } from 'node:fs/promises';
import { confirm, isCancel } from '@clack/prompts';
import { BiometricError } from '../../core/biometric-error.ts';
import { identityKey } from '../../core/identity.ts';
import { connect, fingerName, type Person, type PersonDetails, type PersonQuery } from '../../exports/whorl/index.ts';
import { EXIT_ROWS_REFUSED } from '../exit-codes.ts';
import { interruptSignal } from '../interruption.ts';
import { columns, print } from '../print.ts';
import { progressBar } from '../progress-bar.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';
import { namedPerson } from './named-person.ts';

/** Options that choose among people. */
export interface PeopleFilter extends ServiceCommandOptions {
  readonly text?: string;
  readonly group?: string;
  readonly enrolled?: boolean;
  readonly valid?: boolean;
  readonly sort?: 'name' | 'number' | 'created' | 'changed';
  readonly descending?: boolean;
  readonly limit?: number;
}

/** Options that say what is known of a person. */
export interface PersonOptions extends ServiceCommandOptions {
  readonly name?: string;
  readonly number?: string;
  readonly group?: string[];
  readonly ungroup?: string[];
  readonly note?: string;
  readonly from?: string;
  readonly until?: string;
  readonly place?: string[];
  readonly suspend?: boolean;
  readonly resume?: boolean;
  readonly identity?: string;
}

export interface RemoveOptions extends ServiceCommandOptions {
  readonly yes?: boolean;
}

export interface ImportPeopleOptions extends ServiceCommandOptions {
  readonly dryRun?: boolean;
}

const to = ({ address }: ServiceCommandOptions) => connect({ ...(address !== undefined && { address }) });
const DEFAULT_LINES = 100;
const MOST_A_PAGE = 1000;

export async function listPeople(text: string | undefined, options: PeopleFilter): Promise<void> {
  const { json, limit = DEFAULT_LINES } = options;
  await using service = await to(options);
  const query = queryOf(text, options);
  const found: Person[] = [];
  let total = 0;
  for (let cursor: string | undefined; ; ) {
    const part = Math.min(MOST_A_PAGE, limit - found.length);
    const page = await service.people.list({ ...query, limit: part, ...(cursor !== undefined && { cursor }) });
    found.push(...page.items);
    total = page.total;
    cursor = page.next;
    if (cursor === undefined || found.length >= limit) break;
  }
  const rows = found.map((person) => [
    person.name,
    person.number ?? '',
    person.groups.join(', '),
    `${person.fingers.length} finger${person.fingers.length === 1 ? '' : 's'}`,
    person.suspended === true ? 'suspended' : '',
    identityKey(person.identity),
  ]);
  const more = total > found.length ? `\n${total - found.length} more; --limit shows them` : '';
  print(json, { people: found, total }, rows.length === 0 ? 'nobody' : `${columns(rows)}${more}`);
}

export async function showPerson(who: string, options: ServiceCommandOptions): Promise<void> {
  await using service = await to(options);
  const person = await namedPerson(service, who);
  print(options.json, person, inWords(person));
}

export async function addPerson(name: string, options: PersonOptions): Promise<void> {
  await using service = await to(options);
  const { identity } = options;
  const owner = identity === undefined ? {} : { identity: identityOf(identity) };
  const person = await service.people.create({ ...detailsOf({ name }, options), ...owner });
  print(options.json, person, `${person.name} is ${identityKey(person.identity)}`);
}

export async function changePerson(who: string, options: PersonOptions): Promise<void> {
  await using service = await to(options);
  const before = await namedPerson(service, who);
  const person = await service.people.change(before.identity, detailsOf(before, options), before.revision);
  print(options.json, person, inWords(person));
}

export async function removePerson(who: string, options: RemoveOptions): Promise<void> {
  const { json, yes } = options;
  await using service = await to(options);
  const { identity, name } = await namedPerson(service, who);
  const { fingers, journalLines } = await service.people.belongings(identity);
  const words = `${name} (${identityKey(identity)}), ${fingers} fingers and ${journalLines} lines of the journal`;
  await requireYes(`Delete ${words}? It cannot be undone`, yes);
  print(json, await service.people.delete(identity), `deleted: ${words}`);
}

export async function mergePeople(from: string, into: string, options: RemoveOptions): Promise<void> {
  const { json, yes } = options;
  await using service = await to(options);
  const [one, other] = [await namedPerson(service, from), await namedPerson(service, into)];
  const merge = { from: one.identity, into: other.identity };
  const { fingers, journalLines } = await service.people.merge({ ...merge, preview: true });
  const words = `${one.name}, ${fingers} fingers and ${journalLines} lines of the journal, into ${other.name}`;
  await requireYes(`Merge ${words}? It cannot be undone`, yes);
  print(json, await service.people.merge(merge), `merged: ${words}`);
}

export async function listGroups(options: ServiceCommandOptions): Promise<void> {
  await using service = await to(options);
  const groups = await service.people.groups();
  print(options.json, groups, columns(groups.map(({ name, people }) => [name, people])) || 'no groups');
}

/** Rows that cannot be used make the exit code 5. */
export async function importPeople(file: string, options: ImportPeopleOptions): Promise<void> {
  const { json, dryRun = false } = options;
  const csv = await readFile(file, 'utf8');
  await using service = await to(options);
  using bar = progressBar('rows');
  using interruption = interruptSignal();
  const reports = await service.people.import(csv, {
    preview: dryRun,
    signal: interruption.signal,
    onProgress: (done, total) => bar.update(done, total),
  });
  bar[Symbol.dispose]();
  const count = (kind: string) => reports.filter((report) => report.kind === kind).length;
  const counts = { create: count('create'), update: count('update'), same: count('same'), rejected: count('rejected') };
  const rejected = reports.filter(({ kind }) => kind === 'rejected');
  const lines = rejected.map(
    ({ row, column, message }) => `row ${row}: ${column === undefined ? '' : `${column}: `}${message}`,
  );
  const would = dryRun ? 'would be ' : '';
  const words = `${counts.create} ${would}created, ${counts.update} ${would}changed, ${counts.same} as they were, ${counts.rejected} rejected`;
  print(json, { dryRun, counts, rows: reports }, [...lines, words].join('\n'));
  if (counts.rejected > 0) process.exitCode = EXIT_ROWS_REFUSED;
}

export async function exportPeople(text: string | undefined, options: PeopleFilter): Promise<void> {
  await using service = await to(options);
  using interruption = interruptSignal();
  const { signal } = interruption;
  for await (const piece of service.people.export(queryOf(text, options), { signal })) process.stdout.write(piece);
}

function queryOf(text: string | undefined, { group, enrolled, valid, sort, descending }: PeopleFilter): PersonQuery {
  const given = { text, group, enrolled, valid, sort, descending };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function detailsOf(before: PersonDetails, options: PersonOptions): PersonDetails {
  const { name = before.name, number = before.number, note = before.note } = options;
  const { group = [], ungroup = [], from, until, place, suspend, resume } = options;
  const groups = [...(before.groups ?? []), ...group].filter((each) => !ungroup.includes(each));
  const dates = { ...(from !== undefined && { from }), ...(until !== undefined && { until }) };
  const validity = { ...before.validity, ...dates, ...(place !== undefined && { places: place }) };
  const suspended = resume === true ? false : suspend === true || before.suspended === true;
  return {
    name,
    ...(number !== undefined && number !== '' && { number }),
    groups: [...new Set(groups)],
    ...(note !== undefined && { note }),
    ...(Object.keys(validity).length > 0 && { validity }),
    ...(suspended && { suspended }),
  };
}

function identityOf(text: string) {
  return text.startsWith('S-') ? ({ type: 'sid', sid: text } as const) : ({ type: 'guid', guid: text } as const);
}

function inWords(person: Person): string {
  const { name, number, groups, note, validity = {}, suspended, fingers, identity, createdAtMs, changedAtMs } = person;
  const { from, until, hours, places } = validity;
  const spans = hours?.map(({ days, ...span }) => `days ${days.join(',')} ${span.from}-${span.until}`).join('; ');
  const rows: [string, string | undefined][] = [
    ['name', name],
    ['identity', identityKey(identity)],
    ['number', number],
    ['groups', groups.join(', ')],
    ['fingers', fingers.map(({ subFactor }) => fingerName(subFactor)).join(', ') || 'none'],
    ['valid from', from],
    ['valid until', until],
    ['hours', spans],
    ['places', places?.join(', ')],
    ['suspended', suspended === true ? 'yes' : undefined],
    ['note', note],
    ['created', new Date(createdAtMs).toLocaleString()],
    ['changed', new Date(changedAtMs).toLocaleString()],
  ];
  return columns(rows.flatMap(([what, value]) => (value ? [[what, value]] : [])));
}

/** Asks on a terminal. Rejects with E_INVALIDARG elsewhere, unless the answer was given before. */
async function requireYes(question: string, yes: boolean | undefined): Promise<void> {
  if (yes === true) return;
  if (!process.stdin.isTTY) throw new BiometricError('E_INVALIDARG', 'nobody can be asked here; add --yes');
  const answer = await confirm({ message: question, initialValue: false });
  if (answer !== true || isCancel(answer)) throw new BiometricError('WINBIO_E_CANCELED', 'nothing was changed');
}
