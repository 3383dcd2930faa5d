/** `whorl places ...`: readers as people know them. */

import { connect, type PlaceChange, type ReaderPlace } from '../../exports/whorl/index.ts';
import { columns, print } from '../print.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';

export interface PlaceOptions extends ServiceCommandOptions {
  readonly title?: string;
  readonly place?: string;
  readonly use?: NonNullable<PlaceChange['use']>;
}

export async function listPlaces({ address, json }: ServiceCommandOptions): Promise<void> {
  await using service = await connect({ ...(address !== undefined && { address }) });
  const all = await service.places.list();
  print(json, all, columns(all.map(rowOf)) || 'no readers');
}

export async function changePlace(reader: string, { address, json, title, place, use }: PlaceOptions): Promise<void> {
  await using service = await connect({ ...(address !== undefined && { address }) });
  const given = { ...(title !== undefined && { title }), ...(place !== undefined && { place }), ...(use && { use }) };
  const changed = await service.places.change(reader, given);
  print(json, changed, columns([rowOf(changed)]));
}

export async function forgetPlace(reader: string, { address, json }: ServiceCommandOptions): Promise<void> {
  await using service = await connect({ ...(address !== undefined && { address }) });
  await service.places.forget(reader);
  print(json, { reader }, `${reader} is forgotten`);
}

function rowOf({ reader, title, place, use, attached, unitId, seenAtMs }: ReaderPlace): readonly string[] {
  const seen = seenAtMs === undefined ? 'unplugged' : `unplugged, seen ${new Date(seenAtMs).toLocaleString()}`;
  return [reader, title, place || '(no place)', use, attached ? `unit ${unitId}` : seen];
}
