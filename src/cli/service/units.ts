/** `whorl units` and `whorl databases`: the attached units, the installed databases. */

import { connect } from '../../exports/whorl/index.ts';
import { columns, print } from '../print.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';

const POOLS: Readonly<Record<number, string>> = { 0: 'no', 1: 'system', 2: 'private' };

export async function units({ address, json }: ServiceCommandOptions): Promise<void> {
  await using service = await connect({ ...(address !== undefined && { address }) });
  const all = await service.units();
  const rows = all.map(({ unitId, name, poolType, description, manufacturer, model, serialNumber }) => [
    unitId,
    name,
    `${POOLS[poolType] ?? 'no'} pool`,
    description,
    `${manufacturer} ${model}`,
    `serial number ${serialNumber || 'unknown'}`,
  ]);
  print(json, all, rows.length === 0 ? 'no unit is attached' : columns(rows));
}

export async function databases({ address, json }: ServiceCommandOptions): Promise<void> {
  await using service = await connect({ ...(address !== undefined && { address }) });
  const [all, { administrator }] = await Promise.all([service.databases(), service.administration.whoAmI()]);
  // Others are told no place.
  const elsewhere = administrator ? 'in memory' : '';
  const rows = all.map(({ databaseId, filePath, connectionString }) => [
    databaseId,
    filePath || connectionString || elsewhere,
  ]);
  print(json, all, rows.length === 0 ? 'no database is installed' : columns(rows));
}
