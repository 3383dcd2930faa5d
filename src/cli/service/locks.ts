/** `whorl locks` and `whorl unlock`: what failed attempts have locked. */

import { type AttemptLock, connect } from '../../exports/whorl/index.ts';
import { columns, print } from '../print.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';

/** Lists them. Rejects with E_ACCESSDENIED, WHORL_E_SERVICE_NOT_RUNNING. */
export async function locks({ address, json }: ServiceCommandOptions): Promise<void> {
  await using service = await connect({ ...(address !== undefined && { address }) });
  const all = await service.administration.locks();
  print(json, all, listed(all) || 'nothing is locked');
}

/** Opens one of a name, or all. Rejects with E_ACCESSDENIED, WHORL_E_SERVICE_NOT_RUNNING. */
export async function unlock(name: string | undefined, { address, json }: ServiceCommandOptions): Promise<void> {
  await using service = await connect({ ...(address !== undefined && { address }) });
  const opened = await service.administration.unlock(name);
  const nothing = name === undefined ? 'nothing was locked' : `nothing was locked by the name of ${name}`;
  print(json, opened, opened.length === 0 ? nothing : `open again:\n${listed(opened)}`);
}

function listed(all: readonly AttemptLock[]): string {
  return columns(
    all.map(({ kind, name, failures, remainingMs }) => [
      kind,
      name,
      `${failures} failed attempts`,
      `for another ${Math.ceil(remainingMs / 1000)} s`,
    ]),
  );
}
