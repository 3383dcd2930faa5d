/** `whorl locate`: which unit is this reader? */

import { print } from '../print.ts';
import { onSession, type SessionCommandOptions, tell } from './on-session.ts';

/** Waits for a touch and names the unit. */
export async function locate(options: SessionCommandOptions): Promise<void> {
  const unitId = await onSession(options, [], async ({ session, signal }) => {
    tell('touch the reader to find ...');
    return await session.locate({ signal });
  });
  print(options.json, { unitId }, `unit ${unitId}`);
}
