/** `whorl audit verify`: checks that the audit log is as it was written. */

import { existsSync } from 'node:fs';
import { KeyStore } from '../../composition/state/key-store.ts';
import { auditFiles, stateDirectoryOf, statePlaces } from '../../composition/state/state-directory.ts';
import { verifyAuditLog } from '../../composition/state/verify-audit-log.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { interruptSignal, requireGoingOn } from '../interruption.ts';
import { print } from '../print.ts';
import { progressBar } from '../progress-bar.ts';
import { reportFault } from '../report-fault.ts';

/** Options of the command. */
export interface AuditOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** Checks every line of every file. Reports WHORL_E_MALFORMED, which names the first line that is changed or missing. */
export async function verifyAudit({ config, json = false }: AuditOptions): Promise<void> {
  const { configuration } = await readConfiguration(config);
  const directory = stateDirectoryOf(configuration);
  const { log, key } = auditFiles(directory);
  using keyring = existsSync(log)
    ? await KeyStore.open(configuration.keys ?? 'file', statePlaces(directory))
    : undefined;
  using bar = progressBar('bytes');
  using interruption = interruptSignal();
  const onProgress = (done: number, total: number) => {
    bar.update(done, total);
    requireGoingOn(interruption.signal);
  };
  const verdict = await verifyAuditLog(log, key, { onProgress, keyring });
  if (verdict.brokenAt === undefined) return print(json, verdict, `${verdict.lines} lines, none changed`);
  const text = `${verdict.file} is not as it was written: line ${verdict.brokenAt} was changed, or lines are missing before it`;
  process.exitCode = reportFault(new BiometricError('WHORL_E_MALFORMED', text), json, verdict);
}
