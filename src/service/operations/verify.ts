/** WinBioVerify: one sample against the templates of one identity. WBF: operations 1.5. */

import { WINBIO_PURPOSE_VERIFY } from '../../core/constants.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import { reportOf } from '../../core/report-of.ts';
import { S_OK, WINBIO_E_NO_MATCH } from '../../core/result-constants.ts';
import { requireRight } from '../access/access.ts';
import { requireEnabled } from '../access/policy.ts';
import { toldScores } from '../access/told-scores.ts';
import { badCapture, failure, success } from '../outcome.ts';
import { toldPerson } from '../people/told-person.ts';
import type { Session } from '../sessions/session.ts';
import { type Attempt, attemptSubjects, noteAttempt } from './attempt.ts';
import { requireNoMonitor, requireOpenReader } from './checks.ts';
import type { Handler } from './handler.ts';
import { noteFailure, noteMatch, noteRejected, refusing } from './journal-lines.ts';
import { learn } from './learn.ts';
import { takeSample } from './take-sample.ts';

export const verify: Handler<Session, 'verify'> = ({ context, session, operation, request }) => {
  requireEnabled(context.policy());
  requireRight('match', session.process.principal);
  requireNoMonitor(session);
  // The argument rules admit owners only (D-32).
  const claim = { identity: request.identity as OwnerIdentity, subFactor: request.subFactor };
  requireOpenReader(context, session, claim.identity);
  return takeSample(
    { context, session, operation },
    { purpose: WINBIO_PURPOSE_VERIFY, claim },
    async (unit, sample, signal) => {
      const { principal } = session.process;
      const attempt: Attempt = { action: 'verify', principal, unit, claim: claim.identity };
      await refusing(context, attempt, () => context.attempts.require(...attemptSubjects(attempt)));
      const extracted = await unit.engine.extract(sample, WINBIO_PURPOSE_VERIFY, { signal });
      const report = reportOf(extracted);
      if (extracted.kind === 'rejected') {
        await noteRejected(context, { ...attempt, sample }, extracted.detail);
        return badCapture(unit.unitId, extracted.detail, report);
      }
      const { features } = extracted;
      const answer = (await unit.store?.verify(features, claim, { signal })) ?? { match: false, score: 0 };
      const { match, recordId, ...compared } = answer;
      const locks = await noteAttempt(context, attempt, match ? S_OK : WINBIO_E_NO_MATCH);
      if (match && recordId !== undefined) {
        await learn(context, session, unit, { ...claim, recordId, features }, signal);
      }
      const told = toldScores({ match, ...compared }, principal, context.policy());
      if (match) {
        const matched = { ...claim, score: compared.score, threshold: compared.threshold };
        const person = await noteMatch(context, { ...attempt, sample }, matched, 'verified');
        return success(unit.unitId, { ...told, ...(person && { person: toldPerson(person, principal) }), ...report });
      }
      await noteFailure(context, { ...attempt, sample }, 'not-verified', locks);
      const { match: _, ...values } = told;
      return failure(WINBIO_E_NO_MATCH, unit.unitId, { ...values, ...report });
    },
    async (unit, detail) => {
      await noteRejected(context, { principal: session.process.principal, unit }, detail);
      return badCapture(unit.unitId, detail);
    },
  );
};
