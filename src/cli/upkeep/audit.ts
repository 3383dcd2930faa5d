/** `whorl audit verify`: checks that the audit log is as it was written. */

import { verifyAuditLog } from '../../composition/state/audit-log.ts';
import { auditFiles, stateDirectoryOf } from '../../composition/state/state-directory.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { print } from '../print.ts';
import { reportFault } from '../report-fault.ts';

/** Options of the command. */
export interface AuditOptions {
  readonly config?: string;
  readonly json?: boolean;
}

/** Checks every line. Reports WHORL_E_MALFORMED, which names the first changed line. */
export async function verifyAudit({ config, json = false }: AuditOptions): Promise<void> {
  const { configuration } = await readConfiguration(config);
  const { log, key } = auditFiles(stateDirectoryOf(configuration));
  const verdict = await verifyAuditLog(log, key);
  if (verdict.brokenAt === undefined) return print(json, verdict, `${verdict.lines} lines, none changed`);
  const text = `${log} is not as it was written from line ${verdict.brokenAt} on`;
  process.exitCode = reportFault(new BiometricError('WHORL_E_MALFORMED', text), json, verdict);
}
