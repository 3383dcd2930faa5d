/** What those who run a service do beside its fingers: settings, pairings, backups, keys, audit log, health. */

import type { AuditEntry, AuditQuery, AuditReport } from '../core/audit-entry.ts';
import type { BackupCheck, BackupReport, BackupSchedule, UpkeepJob } from '../core/backup-report.ts';
import type { FoundReader } from '../core/found-reader.ts';
import type { HealthMoment, HealthSpan } from '../core/health-history.ts';
import type { Page, PageRequest } from '../core/page.ts';
import type { NewPairingLink, PairingReport } from '../core/pairing-report.ts';
import type { SettingChanges, SettingProblem, SettingsReport } from '../core/setting.ts';
import { asking, type MayBeCanceled } from './asking.ts';
import type { ServiceChannel } from './service-channel.ts';

/**
 * Upkeep of a service that runs on its own, from `service.upkeep`. For administrators: every method rejects with
 * E_ACCESSDENIED for others, with E_NOTIMPL where an application embeds the service, and with WHORL_E_CONNECTION_LOST.
 *
 * ```ts
 * const { settings } = await service.upkeep.settings();
 * ```
 */
export class UpkeepClient {
  readonly #channel: ServiceChannel;

  /** Made by `service.upkeep`. */
  constructor(channel: ServiceChannel) {
    this.#channel = channel;
  }

  /**
   * All settings, each with its value and where that comes from. Rejects with E_ACCESSDENIED, E_NOTIMPL,
   * WHORL_E_CONFIGURATION when the file was damaged meanwhile, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { file, settings } = await service.upkeep.settings();
   * ```
   */
  async settings(): Promise<SettingsReport> {
    return (await this.#ask('settings')) as SettingsReport;
  }

  /**
   * What would be wrong with changes; empty when they can be saved. Rejects with E_ACCESSDENIED, E_NOTIMPL,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const problems = await service.upkeep.checkSettings({ 'policy.attempts.perReader': 0 });
   * ```
   */
  async checkSettings(changes: SettingChanges): Promise<readonly SettingProblem[]> {
    return (await this.#ask('check-settings', { changes })) as readonly SettingProblem[];
  }

  /**
   * Writes changes into the configuration file, which keeps its comments and its order; they count after a restart.
   * Audited. Rejects with E_ACCESSDENIED, E_NOTIMPL, WHORL_E_CONFIGURATION for what may not be, or when the file was
   * changed since `revision` or cannot be written, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { revision } = await service.upkeep.settings();
   * await service.upkeep.saveSettings({ 'policy.attempts.perReader': 5 }, revision);
   * ```
   */
  async saveSettings(changes: SettingChanges, revision: string): Promise<SettingsReport> {
    return (await this.#ask('save-settings', { changes, revision })) as SettingsReport;
  }

  /**
   * Ends the service and starts it again, with what the file says now; connections end. Audited. Rejects with
   * E_ACCESSDENIED, E_NOTIMPL where nothing would start it again, WHORL_E_CONFIGURATION when it would not start,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await service.upkeep.restart();
   * ```
   */
  async restart(): Promise<void> {
    await this.#ask('restart');
  }

  /**
   * Paired browsers and pages, the latest use first. Rejects with E_ACCESSDENIED, E_NOTIMPL, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * for (const { name, role, connected } of await service.upkeep.pairings()) show(name, role, connected);
   * ```
   */
  async pairings(): Promise<readonly PairingReport[]> {
    return (await this.#ask('pairings')) as readonly PairingReport[];
  }

  /**
   * An address that pairs the first browser that opens it within a day, for the account of the caller. Rejects with
   * E_ACCESSDENIED, E_INVALIDARG, E_NOTIMPL where no pages are served, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const address = await service.upkeep.pairingLink({ name: 'Tablet at the door', role: 'screen', door: 'Main' });
   * ```
   */
  async pairingLink(link: NewPairingLink): Promise<string> {
    return (await this.#ask('pairing-link', { link })) as string;
  }

  /**
   * Names a pairing; says whether there was one of this id. Rejects with E_ACCESSDENIED, E_INVALIDARG, E_NOTIMPL,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await service.upkeep.renamePairing('0c5e2b91', 'Tablet at the door');
   * ```
   */
  async renamePairing(id: string, name: string): Promise<boolean> {
    return (await this.#ask('rename-pairing', { id, name })) as boolean;
  }

  /**
   * Ends a pairing and its connections at once; says whether there was one of this id. Audited. Rejects with
   * E_ACCESSDENIED, E_NOTIMPL, WHORL_E_CONNECTION_LOST, also when it is the pairing of the caller.
   *
   * @example
   * ```ts
   * await service.upkeep.revokePairing('0c5e2b91');
   * ```
   */
  async revokePairing(id: string): Promise<boolean> {
    return (await this.#ask('revoke-pairing', { id })) as boolean;
  }

  /**
   * Lines of the audit log, newest first. Rejects with E_ACCESSDENIED, E_NOTIMPL for state in memory, E_INVALIDARG,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { items } = await service.upkeep.audit({ action: 'pair', limit: 20 });
   * ```
   */
  async audit(query: AuditQuery & PageRequest = {}): Promise<Page<AuditEntry>> {
    return (await this.#ask('audit', { query })) as Page<AuditEntry>;
  }

  /**
   * Checks the chain of the audit log from its first line. Rejects with E_ACCESSDENIED, E_NOTIMPL for state in memory,
   * WHORL_E_KEY_MISSING, WINBIO_E_CANCELED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { lines, brokenAt } = await service.upkeep.verifyAudit();
   * ```
   */
  async verifyAudit(options: MayBeCanceled = {}): Promise<AuditReport> {
    return (await this.#ask('verify-audit', {}, options.signal)) as AuditReport;
  }

  /**
   * Backups in the folder for them, newest first. Rejects with E_ACCESSDENIED, E_NOTIMPL for state in memory,
   * WHORL_E_CONFIGURATION when the folder cannot be read, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { folder, backups } = await service.upkeep.backups();
   * ```
   */
  async backups(): Promise<{
    readonly folder: string;
    readonly backups: readonly BackupReport[];
    readonly schedule?: BackupSchedule;
  }> {
    return (await this.#ask('backups')) as Awaited<ReturnType<UpkeepClient['backups']>>;
  }

  /**
   * Makes a backup in that folder while the service goes on; {@link job} tells how far it is. Audited. Rejects with
   * E_ACCESSDENIED, E_NOTIMPL for state in memory, WINBIO_E_SESSION_BUSY while another one is made, WINBIO_E_CANCELED,
   * WHORL_E_CONFIGURATION when it cannot be written, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { name } = await service.upkeep.makeBackup({ withKey: false });
   * ```
   */
  async makeBackup(options: { readonly withKey: boolean }): Promise<BackupReport> {
    return (await this.#ask('make-backup', options)) as BackupReport;
  }

  /**
   * Compares all files of a backup with their sums and opens what is sealed. Rejects with E_ACCESSDENIED, E_INVALIDARG when
   * there is no such backup, E_NOTIMPL for state in memory, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { problems } = await service.upkeep.checkBackup('2026-11-27T0300');
   * ```
   */
  async checkBackup(name: string): Promise<BackupCheck> {
    return (await this.#ask('check-backup', { name })) as BackupCheck;
  }

  /**
   * Removes a backup. Audited. Rejects with E_ACCESSDENIED, E_INVALIDARG when there is no such backup, E_NOTIMPL for state
   * in memory, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await service.upkeep.removeBackup('2026-11-27T0300');
   * ```
   */
  async removeBackup(name: string): Promise<void> {
    await this.#ask('remove-backup', { name });
  }

  /**
   * Puts a backup in place of the state and starts the service again; the state of now is kept beside it. Audited, in both.
   * Rejects with E_ACCESSDENIED, E_INVALIDARG when there is no such backup or it has problems, E_NOTIMPL for state in memory
   * or where nothing would start the service again, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await service.upkeep.restoreBackup('2026-11-27T0300');
   * ```
   */
  async restoreBackup(name: string): Promise<void> {
    await this.#ask('restore-backup', { name });
  }

  /**
   * Seals everything with a new key; {@link job} tells how far it is. Audited. Rejects with E_ACCESSDENIED, E_NOTIMPL for
   * state in memory, WINBIO_E_SESSION_BUSY, WHORL_E_CONFIGURATION when the key does not lie in a file,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await service.upkeep.rotateKeys();
   * ```
   */
  async rotateKeys(): Promise<void> {
    await this.#channel.ask('administration', { kind: 'rotate-keys' });
  }

  /**
   * What long work the service is doing for its administrators. Rejects with E_ACCESSDENIED, E_NOTIMPL,
   * WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const { kind, done, total } = await service.upkeep.job();
   * ```
   */
  async job(): Promise<UpkeepJob> {
    return (await this.#ask('job')) as UpkeepJob;
  }

  /**
   * Ends a backup that is being made; others go on. Rejects with E_ACCESSDENIED, E_NOTIMPL, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * await service.upkeep.endJob();
   * ```
   */
  async endJob(): Promise<void> {
    await this.#ask('end-job');
  }

  /**
   * How the service was, oldest first. Rejects with E_ACCESSDENIED, E_NOTIMPL, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const moments = await service.upkeep.healthHistory('day');
   * ```
   */
  async healthHistory(span: HealthSpan): Promise<readonly HealthMoment[]> {
    return (await this.#ask('health-history', { span })) as readonly HealthMoment[];
  }

  /**
   * Readers that are plugged into the machine, those that cannot be used with why. Rejects with E_ACCESSDENIED, E_NOTIMPL,
   * WINBIO_E_CANCELED, WHORL_E_CONNECTION_LOST.
   *
   * @example
   * ```ts
   * const found = await service.upkeep.findReaders();
   * ```
   */
  async findReaders(options: MayBeCanceled = {}): Promise<readonly FoundReader[]> {
    return (await this.#ask('find-readers', {}, options.signal)) as readonly FoundReader[];
  }

  #ask(kind: string, fields: Readonly<Record<string, unknown>> = {}, signal?: AbortSignal): Promise<unknown> {
    return asking(this.#channel, 'upkeep', { kind, ...fields }, signal);
  }
}
