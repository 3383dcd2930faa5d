/** What the author of a shared log provides to have it tested. */

import type { SharedLog } from '../../../adapters/shared-log.ts';

/** A log under test. Each test gets a rig of its own, whose log is empty. */
export interface SharedLogRig {
  /** The log as the service of a site has it. Any error it rejects with fails the test. */
  open(site: string): Promise<SharedLog>;
  /** Releases what it opened. Any error it rejects with fails the test. */
  close(): Promise<void>;
}

/** An optional part of the contract of logs: entries that are old can be taken away. */
export type SharedLogCapability = 'trimming';
