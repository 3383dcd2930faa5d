/** Commands about people, places and the journal. */

import { JOURNAL_KINDS } from '../../core/journal-line.ts';
import type { OptionRule } from '../../core/option-rules.ts';
import { oneOf, text } from '../../core/option-rules.ts';
import { isDay } from '../../core/person-validity.ts';
import { type CommandOption, command } from '../command-entry.ts';
import type { AttendanceOptions, JournalOptions } from '../people/journal.ts';
import type { ImportPeopleOptions, PeopleFilter, PersonOptions, RemoveOptions } from '../people/people.ts';
import type { PlaceOptions } from '../people/places.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';
import { freeText, inputFile, positive, sidOrGuid } from '../value-rules.ts';
import { ADDRESS, JSON_OUT } from './options.ts';

const GROUP = 'people and places';
const WHO = 'identity, number, or a part of the name that only one person has';
const day: OptionRule = (value) => (typeof value === 'string' && isDay(value) ? undefined : 'a day as YYYY-MM-DD');
const YES: CommandOption = ['--yes', 'do not ask'];
const kinds = Object.assign(
  (value: unknown) => {
    const areKinds = [value].flat().every((each) => JOURNAL_KINDS.some((kind) => kind === each));
    return areKinds ? undefined : `some of ${JOURNAL_KINDS.join(', ')}`;
  },
  { values: JOURNAL_KINDS },
);

const FILTER: readonly CommandOption[] = [
  ['--group <name>', 'members of this group', text],
  ['--enrolled', 'only those with a finger'],
  ['--valid', 'only those who count now'],
  ['--sort <by>', 'name, number, created or changed (default: name)', oneOf('name', 'number', 'created', 'changed')],
  ['--descending', 'the last first'],
];
const DETAILS: readonly CommandOption[] = [
  ['--number <number>', 'number of staff, member or pupil', text],
  ['--group <names...>', 'groups to be in', freeText],
  ['--note <text>', 'a note', freeText],
  ['--from <day>', 'first day to count', day],
  ['--until <day>', 'last day to count', day],
  ['--place <names...>', 'places to count at', freeText],
  ['--suspend', 'recognised, and not valid'],
];
const LINES: readonly CommandOption[] = [
  ['--person <who>', WHO, text],
  ['--place <name>', 'at readers of this place', text],
  ['--reader <name>', 'at this reader', text],
  ['--kind <kinds...>', 'of these kinds', kinds],
  ['--from <day>', 'from this day, or this time, on', freeText],
  ['--until <day>', 'until the end of this day, or this time', freeText],
];

export const PEOPLE_COMMANDS = [
  command({
    name: 'people list',
    group: GROUP,
    description: 'list people, or those whose names or numbers have these words',
    arguments: [['[text]', 'beginnings of words or parts of them, in any order', freeText]],
    options: [...FILTER, ['--limit <n>', 'most people (default: 100)', positive], ADDRESS, JSON_OUT],
    examples: ['whorl people list', "whorl people list 'love ada' --group Staff"],
    run: async (words: string | undefined, options: PeopleFilter) =>
      (await import('../people/people.ts')).listPeople(words, options),
  }),
  command({
    name: 'people show',
    group: GROUP,
    description: 'show a person',
    arguments: [['<who>', WHO, freeText]],
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl people show 4711'],
    run: async (who: string, options: ServiceCommandOptions) =>
      (await import('../people/people.ts')).showPerson(who, options),
  }),
  command({
    name: 'people add',
    group: GROUP,
    description: 'add a person',
    arguments: [['<name>', 'name to show', freeText]],
    options: [
      ...DETAILS,
      ['--identity <sid|guid>', 'SID of an account, or a GUID (default: a new GUID)', sidOrGuid],
      ADDRESS,
      JSON_OUT,
    ],
    examples: ["whorl people add 'Ada Lovelace' --number 4711 --group Staff"],
    run: async (name: string, options: PersonOptions) => (await import('../people/people.ts')).addPerson(name, options),
  }),
  command({
    name: 'people change',
    group: GROUP,
    description: 'change what is known of a person; what is not given stays',
    arguments: [['<who>', WHO, freeText]],
    options: [
      ['--name <name>', 'name to show', text],
      ...DETAILS,
      ['--ungroup <names...>', 'groups to leave', freeText],
      ['--resume', 'valid again'],
      ADDRESS,
      JSON_OUT,
    ],
    examples: ["whorl people change 4711 --name 'Ada King' --until 2027-12-31"],
    run: async (who: string, options: PersonOptions) =>
      (await import('../people/people.ts')).changePerson(who, options),
  }),
  command({
    name: 'people remove',
    group: GROUP,
    description: 'delete a person with all fingers and the picture',
    arguments: [['<who>', WHO, freeText]],
    options: [YES, ADDRESS, JSON_OUT],
    examples: ['whorl people remove 4711'],
    run: async (who: string, options: RemoveOptions) =>
      (await import('../people/people.ts')).removePerson(who, options),
  }),
  command({
    name: 'people merge',
    group: GROUP,
    description: 'make two people one: fingers, groups and lines of the journal go to the second',
    arguments: [
      ['<from>', WHO, freeText],
      ['<into>', WHO, freeText],
    ],
    options: [YES, ADDRESS, JSON_OUT],
    examples: ["whorl people merge 'A. Lovelace' 4711"],
    run: async (from: string, into: string, options: RemoveOptions) =>
      (await import('../people/people.ts')).mergePeople(from, into, options),
  }),
  command({
    name: 'people import',
    group: GROUP,
    description: 'create and change people from a table (CSV) whose first line names the columns',
    arguments: [['<file>', 'the table', inputFile]],
    options: [['--dry-run', 'say what would be done, and do nothing'], ADDRESS, JSON_OUT],
    examples: ['whorl people import people.csv --dry-run'],
    run: async (file: string, options: ImportPeopleOptions) =>
      (await import('../people/people.ts')).importPeople(file, options),
  }),
  command({
    name: 'people export',
    group: GROUP,
    description: 'print people as a table (CSV) that can be imported',
    arguments: [['[text]', 'beginnings of words or parts of them, in any order', freeText]],
    options: [...FILTER, ADDRESS],
    examples: ['whorl people export --group Staff > staff.csv'],
    run: async (words: string | undefined, options: PeopleFilter) =>
      (await import('../people/people.ts')).exportPeople(words, options),
  }),
  command({
    name: 'people groups',
    group: GROUP,
    description: 'list groups and how many are in each',
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl people groups'],
    run: async (options: ServiceCommandOptions) => (await import('../people/people.ts')).listGroups(options),
  }),
  command({
    name: 'places',
    group: GROUP,
    description: 'list readers with the names and places that people know them by',
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl places'],
    run: async (options: ServiceCommandOptions) => (await import('../people/places.ts')).listPlaces(options),
  }),
  command({
    name: 'places change',
    group: GROUP,
    description: 'name a reader, say where it is and what it is for; administrators only',
    arguments: [['<reader>', 'name of the reader in the configuration', freeText]],
    options: [
      ['--title <name>', 'name to show', freeText],
      ['--place <name>', 'where it is', freeText],
      ['--use <use>', 'door, clock, desk or kiosk', oneOf('door', 'clock', 'desk', 'kiosk')],
      ADDRESS,
      JSON_OUT,
    ],
    examples: ["whorl places change reader-1 --title 'Front door' --place 'Main entrance' --use door"],
    run: async (reader: string, options: PlaceOptions) =>
      (await import('../people/places.ts')).changePlace(reader, options),
  }),
  command({
    name: 'places forget',
    group: GROUP,
    description: 'forget a reader that is unplugged and in no configuration; administrators only',
    arguments: [['<reader>', 'name of the reader', freeText]],
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl places forget reader-9'],
    run: async (reader: string, options: ServiceCommandOptions) =>
      (await import('../people/places.ts')).forgetPlace(reader, options),
  }),
  command({
    name: 'journal list',
    group: GROUP,
    description: 'list the latest lines of the journal that fit',
    options: [...LINES, ['--limit <n>', 'most lines (default: 50)', positive], ADDRESS, JSON_OUT],
    examples: ['whorl journal list --from 2026-11-20', 'whorl journal list --person 4711 --kind recognised not-valid'],
    run: async (options: JournalOptions) => (await import('../people/journal.ts')).listJournal(options),
  }),
  command({
    name: 'journal follow',
    group: GROUP,
    description: 'print lines of the journal as they come',
    options: [...LINES, ADDRESS, JSON_OUT],
    examples: ["whorl journal follow --place 'Main entrance'"],
    run: async (options: JournalOptions) => (await import('../people/journal.ts')).followJournal(options),
  }),
  command({
    name: 'journal export',
    group: GROUP,
    description: 'print lines of the journal as a table (CSV) or as lines of JSON',
    options: [...LINES, ['--format <format>', 'csv or jsonl (default: csv)', oneOf('csv', 'jsonl')], ADDRESS],
    examples: ['whorl journal export --from 2026-11-01 --until 2026-11-30 > november.csv'],
    run: async (options: JournalOptions) => (await import('../people/journal.ts')).exportJournal(options),
  }),
  command({
    name: 'journal verify',
    group: GROUP,
    description: 'check that no line of the journal was changed, moved or taken away; administrators only',
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl journal verify'],
    run: async (options: ServiceCommandOptions) => (await import('../people/journal.ts')).verifyJournal(options),
  }),
  command({
    name: 'journal forget',
    group: GROUP,
    description: 'forget whom lines of the journal are about; the lines stay; administrators only',
    arguments: [['<who>', WHO, freeText]],
    options: [ADDRESS, JSON_OUT],
    examples: ['whorl journal forget 4711'],
    run: async (who: string, options: ServiceCommandOptions) =>
      (await import('../people/journal.ts')).forgetInJournal(who, options),
  }),
  command({
    name: 'attendance',
    group: GROUP,
    description: 'first in, last out and hours by person and day, of this month unless said otherwise',
    options: [
      ['--from <day>', 'first day', day],
      ['--until <day>', 'last day', day],
      ['--group <name>', 'members of this group', text],
      ['--text <text>', 'people whose names or numbers have these words', text],
      ['--all', 'count every reader, not those for clocks alone'],
      ['--csv', 'print a table (CSV)'],
      ADDRESS,
      JSON_OUT,
    ],
    examples: ['whorl attendance --from 2026-11-01 --until 2026-11-30 --csv > november.csv'],
    run: async (options: AttendanceOptions) => (await import('../people/journal.ts')).attendance(options),
  }),
];
