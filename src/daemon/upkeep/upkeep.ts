/** What those who run a service ask of it beside its fingers. */

import { z } from 'zod';
import type { Composition } from '../../composition/compose/compose.ts';
import type { Extension } from '../../composition/connection/extensions.ts';
import { readQuestion } from '../../composition/connection/read-question.ts';
import { auditPage } from '../../composition/state/audit-pages.ts';
import { auditFiles } from '../../composition/state/state-directory.ts';
import { verifyAuditLog } from '../../composition/state/verify-audit-log.ts';
import type { AuditQuery } from '../../core/audit-entry.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { NewPairingLink } from '../../core/pairing-report.ts';
import { S_OK } from '../../core/result-constants.ts';
import { requireRight } from '../../service/access/access.ts';
import { accountFor } from '../../service/access/account-for.ts';
import type { Backups } from './backups.ts';
import { findReaders } from './find-readers.ts';
import type { HealthRecord } from './health-record.ts';
import type { PairingDesk } from './pairing-desk.ts';
import type { Settings } from './settings.ts';

/** What is kept up. */
export interface UpkeepParts {
  readonly composition: Composition;
  readonly settings: Settings;
  readonly desk: PairingDesk;
  /** Undefined for state in memory. */
  readonly backups: Backups | undefined;
  readonly health: HealthRecord;
  /** Ends the service and starts it again; undefined where nothing would. */
  readonly restart: ((options: { readonly acceptRollback: boolean }) => void) | undefined;
}

const PAGE = 50;
const text = z.string().max(256);
const named = z.string().trim().min(1, 'give 1 to 64 characters').max(64, 'give 1 to 64 characters');
const moment = z.number().optional();
const changes = { changes: z.record(text, z.unknown()) };
const QUESTION = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('settings') }),
  z.strictObject({ kind: z.literal('check-settings'), ...changes }),
  z.strictObject({ kind: z.literal('save-settings'), ...changes, revision: text }),
  z.strictObject({ kind: z.literal('restart') }),
  z.strictObject({ kind: z.literal('pairings') }),
  z.strictObject({
    kind: z.literal('pairing-link'),
    link: z.strictObject({
      name: named,
      role: z.enum(['administrator', 'operator', 'user', 'screen'], 'give administrator, operator, user or screen'),
      door: named.optional(),
      days: z.int('give 1 to 3650').min(1, 'give 1 to 3650').max(3650, 'give 1 to 3650').optional(),
    }),
  }),
  z.strictObject({ kind: z.literal('rename-pairing'), id: text, name: named }),
  z.strictObject({ kind: z.literal('revoke-pairing'), id: text }),
  z.strictObject({
    kind: z.literal('audit'),
    query: z.strictObject({
      action: text.optional(),
      sid: text.optional(),
      fromMs: moment,
      untilMs: moment,
      limit: z.int('give 1 to 1000').min(1, 'give 1 to 1000').max(1000, 'give 1 to 1000').optional(),
      cursor: z
        .string()
        .regex(/^\d{1,15}$/, 'give the cursor of a page')
        .optional(),
    }),
  }),
  z.strictObject({ kind: z.literal('verify-audit') }),
  z.strictObject({ kind: z.literal('backups') }),
  z.strictObject({ kind: z.literal('make-backup'), withKey: z.boolean() }),
  z.strictObject({ kind: z.enum(['check-backup', 'remove-backup', 'restore-backup']), name: text }),
  z.strictObject({ kind: z.literal('job') }),
  z.strictObject({ kind: z.literal('end-job') }),
  z.strictObject({ kind: z.literal('health-history'), span: z.enum(['half-hour', 'day', 'week']) }),
  z.strictObject({ kind: z.literal('find-readers') }),
]);

/** Makes the extension. */
export function upkeep(parts: UpkeepParts): Extension {
  const { composition, settings, desk, health } = parts;
  return async (body, principal) => {
    const question = readQuestion('upkeep', QUESTION, body);
    requireRight('set-up', principal);
    const { kind } = question;
    const accounted = <T>(change: () => Promise<T> | T, more: { readonly owner?: string } = {}) =>
      accountFor(composition.audit, { action: kind, sid: principal.sid, hresult: S_OK, ...more }, change);
    switch (kind) {
      case 'settings':
        return settings.report();
      case 'check-settings':
        return settings.check(question.changes);
      case 'save-settings':
        // What was changed is told by its keys; a value may be a secret.
        return await accounted(() => settings.save(question.changes, question.revision), {
          owner: Object.keys(question.changes).join(' ').slice(0, 256),
        });
      case 'restart': {
        const restart = requireRestart(parts);
        const [problem] = settings.check({});
        if (problem !== undefined) {
          throw new BiometricError('WHORL_E_CONFIGURATION', `it would not start: ${problem.key}: ${problem.message}`);
        }
        return await accounted(() => restart({ acceptRollback: false }));
      }
      case 'pairings':
        return desk.list(principal.pairing);
      case 'pairing-link':
        return await accounted(() => desk.link(question.link as NewPairingLink, principal));
      case 'rename-pairing':
        return desk.rename(question.id, question.name);
      case 'revoke-pairing':
        return desk.revoke(question.id);
      case 'audit': {
        const { limit = PAGE, cursor, ...query } = question.query;
        const page = { limit, ...(cursor !== undefined && { before: Number(cursor) }) };
        return auditPage(requireState(parts).log, query as AuditQuery, page);
      }
      case 'verify-audit': {
        const { log, key, keyring } = requireState(parts);
        const { lines, brokenAt } = await verifyAuditLog(log, key, { keyring });
        return { lines, ...(brokenAt !== undefined && { brokenAt }) };
      }
      case 'backups': {
        const backups = requireBackups(parts);
        const { folder, schedule } = backups;
        return { folder, backups: await backups.list(), ...(schedule && { schedule }) };
      }
      case 'make-backup':
        return await accounted(() => requireBackups(parts).make(question.withKey));
      case 'check-backup':
        return await requireBackups(parts).check(question.name);
      case 'remove-backup':
        return await accounted(() => requireBackups(parts).remove(question.name));
      case 'restore-backup': {
        const [backups, restart] = [requireBackups(parts), requireRestart(parts)];
        await accounted(() => backups.stage(question.name), { owner: question.name });
        return restart({ acceptRollback: true });
      }
      case 'job':
        return composition.backup?.job ?? { done: 0, total: 0 };
      case 'end-job':
        return composition.backup?.end();
      case 'health-history':
        return health.of(question.span);
      case 'find-readers':
        return await findReaders(composition.service);
      default:
        return question satisfies never;
    }
  };
}

function requireBackups({ backups }: UpkeepParts): Backups {
  if (backups !== undefined) return backups;
  throw new BiometricError('E_NOTIMPL', 'state in memory is not backed up');
}

function requireState({ composition: { stateDirectory, keys } }: UpkeepParts) {
  if (stateDirectory === undefined || keys === undefined) {
    throw new BiometricError('E_NOTIMPL', 'state in memory has no audit log');
  }
  return { ...auditFiles(stateDirectory), keyring: keys };
}

function requireRestart({ restart }: UpkeepParts): NonNullable<UpkeepParts['restart']> {
  if (restart !== undefined) return restart;
  throw new BiometricError('E_NOTIMPL', 'nothing would start this service again: end it and start it by hand');
}
