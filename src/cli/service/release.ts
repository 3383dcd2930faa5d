/** `whorl release`: takes readers back from sessions that hold them. */

import { BiometricError } from '../../core/biometric-error.ts';
import { connect } from '../../exports/whorl/index.ts';
import { print } from '../print.ts';
import type { ServiceCommandOptions } from '../service-command-options.ts';

/**
 * Ends the enrollment on a reader and its lock, or on all of them. Rejects with WINBIO_E_INVALID_UNIT for a reader that is
 * not there, E_ACCESSDENIED, WHORL_E_SERVICE_NOT_RUNNING.
 */
export async function release(reader: string | undefined, { address, json }: ServiceCommandOptions): Promise<void> {
  await using service = await connect({ ...(address !== undefined && { address }) });
  const all = await service.units();
  const chosen = all.filter(({ unitId, name }) => reader === undefined || name === reader || String(unitId) === reader);
  if (chosen.length === 0 && reader !== undefined) {
    const there = all.map(({ unitId, name }) => `${name} (unit ${unitId})`).join(', ');
    throw new BiometricError('WINBIO_E_INVALID_UNIT', `there is no reader ${reader}; there are ${there || 'none'}`);
  }
  const answers = [];
  for (const { unitId, name } of chosen) {
    answers.push({ unitId, reader: name, ...(await service.administration.releaseUnit(unitId)) });
  }
  const lines = answers.map(({ reader: name, enrollment, lock }) => {
    const taken = [...(enrollment ? ['an enrollment'] : []), ...(lock ? ['a lock'] : [])];
    return `${name}: ${taken.length === 0 ? 'nobody held it' : `ended ${taken.join(' and ')}`}`;
  });
  print(json, answers, lines.join('\n') || 'no unit is attached');
}
