/** `whorl locate`: which unit is this reader? */

import { print } from '../print.ts';
import { readerName } from './names.ts';
import { onSession, type SessionCommandOptions, tell } from './on-session.ts';

/** Waits for a touch and names the unit. */
export async function locate(options: SessionCommandOptions): Promise<void> {
  const { unitId, reader } = await onSession(options, [], async ({ service, session, signal }) => {
    tell('touch the reader to find ...');
    const located = await session.locate({ signal });
    return { unitId: located, reader: await readerName(service, located) };
  });
  print(options.json, { unitId }, reader);
}
