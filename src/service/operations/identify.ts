/** WinBioIdentify: one sample, searched in the database of the unit that captured it. WBF: operations 1.3. */

import { WINBIO_PURPOSE_IDENTIFY } from '../../core/constants.ts';
import { reportOf } from '../../core/report-of.ts';
import { S_OK, WINBIO_E_UNKNOWN_ID } from '../../core/result-constants.ts';
import { requireRight } from '../access/access.ts';
import { requireEnabled } from '../access/policy.ts';
import { toldScores } from '../access/told-scores.ts';
import type { ServiceContext } from '../context.ts';
import { badCapture, failure, type Outcome, success } from '../outcome.ts';
import { toldPerson } from '../people/told-person.ts';
import type { Session } from '../sessions/session.ts';
import { type Attempt, attemptSubjects, noteAttempt } from './attempt.ts';
import { requireNoMonitor, requireOpenReader } from './checks.ts';
import type { Handler } from './handler.ts';
import { noteFailure, noteMatch, noteRejected, refusing } from './journal-lines.ts';
import { learn, type Matched } from './learn.ts';
import { takeSample } from './take-sample.ts';

export const identify: Handler<Session, 'identify'> = ({ context, session, operation }) => {
  requireEnabled(context.policy());
  requireRight('match', session.process.principal);
  requireNoMonitor(session);
  requireOpenReader(context, session);
  return takeSample(
    { context, session, operation },
    { purpose: WINBIO_PURPOSE_IDENTIFY },
    async (unit, sample, signal) => {
      const attempt = { action: 'identify', principal: session.process.principal, unit } as const;
      const outcome = await identifySample(context, attempt, sample, signal, (matched) =>
        learn(context, session, unit, matched, signal),
      );
      const { identity } = outcome.values;
      // Remembered for a logon; a failed identification neither extends nor clears it (D-45).
      if (identity?.type === 'sid' && outcome.values.person?.invalid === undefined && !operation.done) {
        session.identified = { sid: identity.sid, atMs: context.clock.nowMs() };
      }
      return outcome;
    },
    async (unit, detail) => {
      await noteRejected(context, { principal: session.process.principal, unit }, detail);
      return badCapture(unit.unitId, detail);
    },
  );
};

/** Searches one sample in the database of its unit. Throws WINBIO_E_CRED_PROV_SECURITY_LOCKOUT. */
export async function identifySample(
  context: ServiceContext,
  attempt: Attempt,
  sample: Uint8Array,
  signal: AbortSignal,
  onMatch: (matched: Matched) => Promise<void> = async () => {},
): Promise<Outcome> {
  const { unit } = attempt;
  await refusing(context, attempt, () => context.attempts.require(...attemptSubjects(attempt)));
  const extracted = await unit.engine.extract(sample, WINBIO_PURPOSE_IDENTIFY, { signal });
  const report = reportOf(extracted);
  if (extracted.kind === 'rejected') {
    await noteRejected(context, { ...attempt, sample }, extracted.detail);
    return badCapture(unit.unitId, extracted.detail, report);
  }
  const found = await unit.store?.identify(extracted.features, { signal });
  const locks = await noteAttempt(context, attempt, found === undefined ? WINBIO_E_UNKNOWN_ID : S_OK);
  if (found === undefined) {
    await noteFailure(context, { ...attempt, sample }, 'unknown', locks);
    return failure(WINBIO_E_UNKNOWN_ID, unit.unitId, report);
  }
  const { recordId: _, ...values } = found;
  await onMatch({ ...found, features: extracted.features });
  const person = await noteMatch(context, { ...attempt, sample }, found, 'recognised');
  const told = toldScores(values, attempt.principal, context.policy());
  return success(unit.unitId, { ...told, ...(person && { person: toldPerson(person, attempt.principal) }), ...report });
}
