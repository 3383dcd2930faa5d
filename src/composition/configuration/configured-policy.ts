/** The policy of a configuration. */

import { WINBIO_SETTING_SOURCE_LOCAL } from '../../core/constants.ts';
import type { AttemptPolicy } from '../../service/access/attempts.ts';
import { DEFAULT_POLICY, type Policy, type Setting } from '../../service/access/policy.ts';
import { DEFAULT_JOURNAL_POLICY, type JournalPolicy } from '../../service/journal/journal-policy.ts';
import type { LeasePolicy } from '../../service/units/lease.ts';
import type { PolicyConfiguration } from './service-configuration.ts';

/** What the configuration decides has the source LOCAL; the rest is built in. */
export function configuredPolicy(policy: PolicyConfiguration = {}): Policy {
  const setting = (value: boolean | undefined, builtIn: Setting): Setting =>
    value === undefined ? builtIn : { value, source: WINBIO_SETTING_SOURCE_LOCAL };
  const { enabled, logon, domainLogon, antiSpoof: _, attempts: __, idle: ___, journal: ____, ...rest } = policy;
  const decided = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  return {
    ...DEFAULT_POLICY,
    ...decided,
    enabled: setting(enabled, DEFAULT_POLICY.enabled),
    logon: setting(logon, DEFAULT_POLICY.logon),
    domainLogon: setting(domainLogon, DEFAULT_POLICY.domainLogon),
  };
}

/** When failed attempts lock; undefined for never. */
export function configuredAttempts({ attempts = {} }: PolicyConfiguration = {}): AttemptPolicy | undefined {
  if (attempts === false) return undefined;
  const { perAccount = 5, perReader = 10, lockSeconds = 30 } = attempts;
  const { longestLockSeconds = Math.max(900, lockSeconds) } = attempts;
  return { perAccount, perReader, lockMs: 1000 * lockSeconds, longestLockMs: 1000 * longestLockSeconds };
}

/** How long enrollments and locks are held without use; undefined for as long as their sessions live. */
export function configuredLeases({ idle = {} }: PolicyConfiguration = {}): LeasePolicy | undefined {
  if (idle === false) return undefined;
  const { enrollmentSeconds = 120, lockSeconds = 300 } = idle;
  return { enrollmentMs: 1000 * enrollmentSeconds, lockMs: 1000 * lockSeconds };
}

/** What the journal keeps, and for how long. */
export function configuredJournal({ journal = {} }: PolicyConfiguration = {}): JournalPolicy {
  const decided = Object.entries(journal === false ? {} : journal).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_JOURNAL_POLICY, ...Object.fromEntries(decided) };
}
