/** `whorl reconcile`: prints on readers that match inside and the records of them, brought together. */

import { BiometricError } from '../../core/biometric-error.ts';
import { FINGERS, fingerName } from '../../core/sub-factor.ts';
import { connect, type PrintChange, type PrintRecord, type ReaderPrints } from '../../exports/whorl/index.ts';
import { type NameOwner, ownerNames } from '../fingers/names.ts';
import { fingerOf, identityOf } from '../fingers/on-session.ts';
import { print } from '../print.ts';
import { progressBar } from '../progress-bar.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';

export interface ReconcileOptions extends ServiceCommandOptions {
  /** The one reader to look at, by its name or the number of its unit. */
  readonly reader?: string;
  /** A print to give to a person. */
  readonly adopt?: string;
  readonly identity?: string;
  readonly finger?: string;
  /** A print to take off. */
  readonly remove?: string;
  /** All prints that no record knows. */
  readonly removeUnknown?: boolean;
  /** All records whose print is gone. */
  readonly forgetMissing?: boolean;
  /** Does it; otherwise it is only said. */
  readonly apply?: boolean;
}

/** Says what does not fit together, and what would be done about it; with `--apply` does it. */
export async function reconcile(options: ReconcileOptions): Promise<void> {
  const { address, json, apply = false } = options;
  await using service = await connect({ ...(address !== undefined && { address }) });
  const { administration } = service;
  const all = chosen(await administration.readerPrints(), options.reader);
  const changes = planned(all, options);
  if (apply) {
    using bar = progressBar('changes');
    for (const [i, change] of changes.entries()) {
      await administration.changePrint(change);
      bar.update(i + 1, changes.length);
    }
  }
  const readers = apply && changes.length > 0 ? chosen(await administration.readerPrints(), options.reader) : all;
  const nameOf = await ownerNames();
  print(json, { applied: apply, changes, readers }, inWords(readers, changes, apply, nameOf));
}

function chosen(all: readonly ReaderPrints[], wanted: string | undefined): readonly ReaderPrints[] {
  if (wanted === undefined) return all;
  const found = all.filter(({ name, unitId }) => name === wanted || String(unitId) === wanted);
  if (found.length > 0) return found;
  const known = all.map(({ name }) => name).join(', ') || 'there is none';
  throw new BiometricError('E_INVALIDARG', `--reader: no reader that matches inside is called ${wanted}: ${known}`);
}

function planned(all: readonly ReaderPrints[], options: ReconcileOptions): readonly PrintChange[] {
  const { adopt, identity, finger, remove, removeUnknown = false, forgetMissing = false } = options;
  const changes: PrintChange[] = [];
  if (adopt !== undefined) {
    if (finger === undefined) throw new BiometricError('E_INVALIDARG', '--adopt: say which --finger it is');
    const unitId = unitOf(all, adopt, '--adopt');
    changes.push({
      kind: 'adopt',
      unitId,
      print: adopt,
      identity: identityOf(identity),
      subFactor: FINGERS[fingerOf(finger)],
    });
  }
  if (remove !== undefined) changes.push({ kind: 'remove', unitId: unitOf(all, remove, '--remove'), print: remove });
  for (const { unitId, prints = [], missing } of all) {
    const unknown = prints.filter((each) => each.record === undefined && each.print !== adopt && each.print !== remove);
    if (removeUnknown) changes.push(...unknown.map((each) => ({ kind: 'remove', unitId, print: each.print }) as const));
    if (forgetMissing) changes.push(...missing.map((each) => ({ kind: 'forget', unitId, print: each.print }) as const));
  }
  return changes;
}

function unitOf(all: readonly ReaderPrints[], wanted: string, option: string): number {
  const found = all.filter(({ prints = [] }) => prints.some((each) => each.print === wanted));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only.unitId;
  const text = only === undefined ? 'no reader has this print' : 'several readers have such a print: name the --reader';
  throw new BiometricError('E_INVALIDARG', `${option}: ${wanted}: ${text}`);
}

function inWords(
  readers: readonly ReaderPrints[],
  changes: readonly PrintChange[],
  applied: boolean,
  nameOf: NameOwner,
): string {
  if (readers.length === 0) return 'no reader that matches inside is attached';
  const done = changes.map((change) => `${applied ? 'done' : 'would'}: ${changeInWords(change, nameOf)}`);
  const hint = !applied && changes.length > 0 ? ['nothing was changed; add --apply to do it'] : [];
  return [...readers.flatMap((reader) => readerInWords(reader, nameOf)), ...done, ...hint].join('\n');
}

function readerInWords(
  { name, unitId, prints, missing, capacity }: ReaderPrints,
  nameOf: NameOwner,
): readonly string[] {
  const place = `reader ${name} (unit ${unitId})`;
  if (prints === undefined) return [`${place}: it does not say which prints it holds`];
  const unknown = prints.filter(({ record }) => record === undefined);
  const room = capacity === undefined ? '' : ` of ${capacity}`;
  const whose = ({ identity, subFactor }: PrintRecord) => `${fingerName(subFactor)} of ${nameOf(identity)}`;
  return [
    `${place}: ${prints.length}${room} prints, ${unknown.length} that no record knows, ${missing.length} that are gone`,
    ...unknown.map((each) => `  ${each.print}: no record knows it${each.label ? ` (${each.label})` : ''}`),
    ...missing.map((record) => `  ${record.print}: gone, was ${whose(record)}`),
  ];
}

function changeInWords(change: PrintChange, nameOf: NameOwner): string {
  switch (change.kind) {
    case 'adopt':
      return `give ${change.print} to ${nameOf(change.identity)} as ${fingerName(change.subFactor)}`;
    case 'remove':
      return `take ${change.print} off the reader`;
    case 'forget':
      return `delete the record of ${change.print}`;
    default:
      return change satisfies never;
  }
}
