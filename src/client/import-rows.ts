/** The rows of an import on their way: groups go out, and their reports come back, in order. */

import { BiometricError, deserializeError, isBiometricError, toBiometricError } from '../core/biometric-error.ts';
import { identityKey } from '../core/identity.ts';
import { WHORL_E_CONNECTION_LOST } from '../core/result-constants.ts';
import {
  CARD_TEMPLATE_FORMATS,
  type ImportAnswer,
  type ImportBatch,
  type ImportReport,
  type ImportSettings,
  type TemplateRow,
} from '../core/template-import.ts';
import type { ServiceChannel } from './service-channel.ts';

/** A group ends with so many rows, or bytes of prints; a few of them are on their way at once. */
const GROUP_ROWS = 100;
const GROUP_BYTES = 1 << 20;
const GROUPS_AT_ONCE = 2;
const MAX_PRINT_BYTES = 16 << 20;
const MAX_TEXT = 1024;

type WireRow = ImportBatch['rows'][number];
/** A row of a group: what is sent, or why it cannot be. */
type GroupRow = { readonly person: string } & ({ readonly row: WireRow } | { readonly error: BiometricError });

/** Sends rows as their reports are read. */
export async function* importRows(
  channel: ServiceChannel,
  rows: AsyncIterable<TemplateRow> | Iterable<TemplateRow>,
  settings: ImportSettings,
  given: AbortSignal | undefined,
): AsyncGenerator<ImportReport, void, void> {
  const {
    databaseId,
    dryRun = false,
    replace = false,
    upgrade = false,
    refuseDuplicates = false,
    lenient = false,
  } = settings;
  const { resolutionPpi } = settings;
  const common = {
    ...{ databaseId, dryRun, replace, upgrade, refuseDuplicates, lenient },
    ...(resolutionPpi !== undefined && { resolutionPpi }),
  };
  const answered = new Reports(dryRun && !replace && !upgrade);
  const underWay: Promise<readonly ImportAnswer[]>[] = [];
  const groups: (readonly GroupRow[])[] = [];
  const next = async () => answered.of(groups.shift() ?? [], (await underWay.shift()) ?? []);
  const brokenOff: unknown[] = [];
  try {
    for await (const group of groupsOf(rows, given, (thrown) => brokenOff.push(thrown))) {
      const sent = group.flatMap((each) => ('row' in each ? [each.row] : []));
      const answer =
        sent.length === 0
          ? Promise.resolve([])
          : (channel.ask('import-templates', { ...common, rows: sent }) as Promise<readonly ImportAnswer[]>);
      // One that fails while an earlier one is read is read itself later.
      answer.catch(() => undefined);
      groups.push(group);
      underWay.push(answer);
      if (underWay.length >= GROUPS_AT_ONCE) yield* await next();
    }
    while (underWay.length > 0) yield* await next();
  } catch (thrown) {
    if (!isBiometricError(thrown) || thrown.hresult !== WHORL_E_CONNECTION_LOST) throw thrown;
    const text = `the connection ended after the report of row ${answered.count}; what is stored is skipped by the next run`;
    throw new BiometricError('WHORL_E_CONNECTION_LOST', text, { cause: thrown });
  }
  if (brokenOff.length > 0) throw brokenOff[0];
  if (given?.aborted !== true) return;
  const text = `the import was ended after row ${answered.count}; what is stored stays, and the next run skips it`;
  throw new BiometricError('WINBIO_E_CANCELED', text, { cause: given.reason, operation: 'import-templates' });
}

/** Reports in the order of the rows. */
class Reports {
  count = 0;
  /** A dry run stores nothing, so that only we can know of two rows for one finger. */
  readonly #seen: Set<string> | undefined;

  constructor(remembers: boolean) {
    this.#seen = remembers ? new Set() : undefined;
  }

  *of(group: readonly GroupRow[], answers: readonly ImportAnswer[]): Generator<ImportReport, void, void> {
    const left = answers.values();
    for (const each of group) {
      this.count += 1;
      const head = { row: this.count, person: each.person };
      if ('error' in each) {
        yield { ...head, kind: 'rejected', error: each.error };
        continue;
      }
      const answer = left.next().value;
      if (answer === undefined) throw new BiometricError('WHORL_E_PROTOCOL', 'the answer to a group lacks a row');
      yield { ...head, ...this.#verdict(answer) };
    }
  }

  #verdict(answer: ImportAnswer) {
    if (answer.kind === 'rejected') return { ...answer, error: deserializeError(answer.error) };
    const { identity, subFactor } = answer;
    if (this.#seen === undefined || answer.kind !== 'accepted' || identity === undefined) return answer;
    const key = `${identityKey(identity)}/${subFactor}`;
    if (this.#seen.has(key)) return { ...answer, kind: 'skipped' as const };
    this.#seen.add(key);
    return answer;
  }
}

/**
 * Ends early when the signal aborts, and when the rows themselves fail, which it tells: what came before is on its way and
 * is reported first. Closes the rows however it ends.
 */
async function* groupsOf(
  rows: AsyncIterable<TemplateRow> | Iterable<TemplateRow>,
  given: AbortSignal | undefined,
  onBrokenOff: (thrown: unknown) => void,
): AsyncGenerator<readonly GroupRow[], void, void> {
  const iterator = Symbol.asyncIterator in rows ? rows[Symbol.asyncIterator]() : rows[Symbol.iterator]();
  let group: GroupRow[] = [];
  let bytes = 0;
  let atEnd = false;
  try {
    while (!atEnd) {
      const step = await orAborted(given, nextOf(iterator));
      if (step === 'aborted') break;
      atEnd = step.done === true;
      const read = step.done === true ? undefined : await orAborted(given, rowOf(step.value));
      if (read === 'aborted') break;
      const size = read !== undefined && 'row' in read ? read.row.print.length : 0;
      if (group.length > 0 && (atEnd || group.length >= GROUP_ROWS || bytes + size > GROUP_BYTES)) {
        yield group;
        group = [];
        bytes = 0;
      }
      if (read !== undefined) group.push(read);
      bytes += size;
      if ('thrown' in step) onBrokenOff(step.thrown);
    }
  } finally {
    // Rows that wait for something endless would not let themselves be closed before it comes.
    const closing = Promise.resolve(atEnd ? undefined : iterator.return?.());
    if (given?.aborted === true) closing.catch(() => undefined);
    else await closing;
  }
}

type Step = IteratorResult<TemplateRow, unknown> | { readonly done: true; readonly thrown: unknown };

async function nextOf(iterator: AsyncIterator<TemplateRow> | Iterator<TemplateRow>): Promise<Step> {
  try {
    return await iterator.next();
  } catch (thrown) {
    return { done: true, thrown };
  }
}

/** Listens anew each time: a promise that waits for the signal would keep every row that was raced with it. */
async function orAborted<T>(given: AbortSignal | undefined, work: Promise<T>): Promise<T | 'aborted'> {
  if (given === undefined) return await work;
  const { promise, resolve, reject } = Promise.withResolvers<T | 'aborted'>();
  const abort = () => resolve('aborted');
  given.addEventListener('abort', abort);
  if (given.aborted) abort();
  work.then(resolve, reject);
  try {
    return await promise;
  } finally {
    given.removeEventListener('abort', abort);
  }
}

async function rowOf(given: TemplateRow): Promise<GroupRow> {
  const person = typeof given?.person === 'string' ? given.person : '';
  try {
    return { person, row: await wireRow(given) };
  } catch (thrown) {
    return { person, error: toBiometricError(thrown) };
  }
}

async function wireRow({ person, finger, print, format }: TemplateRow): Promise<WireRow> {
  if (typeof person !== 'string' || person.length > MAX_TEXT)
    throw refusal(`person is a text of up to ${MAX_TEXT} characters`);
  const isFinger = finger === undefined || typeof finger === 'number' || typeof finger === 'string';
  if (!isFinger || String(finger).length > MAX_TEXT) throw refusal('finger is a name or a number');
  if (format !== undefined && !CARD_TEMPLATE_FORMATS.includes(format)) {
    throw refusal(`format is ${CARD_TEMPLATE_FORMATS.join(' or ')}, or told by the content`);
  }
  const bytes = typeof print === 'function' ? await print() : print;
  if (!(bytes instanceof Uint8Array)) throw refusal('print is bytes, or a function that gives them');
  if (bytes.length > MAX_PRINT_BYTES) {
    throw new BiometricError('WHORL_E_LIMIT_EXCEEDED', 'the print has more than 16 MiB');
  }
  return { person, print: bytes, ...(finger !== undefined && { finger }), ...(format !== undefined && { format }) };
}

function refusal(text: string): BiometricError {
  return new BiometricError('E_INVALIDARG', text);
}
