/**
 * What a caller learns of a comparison beside the decision. An exact score tells someone who tries changed samples
 * whether they come closer, so it is for administrators, and for applications that embed the service.
 */

import type { OperationValues } from '../../core/operation-result.ts';
import type { Policy } from './policy.ts';
import { isPrivileged, type Principal } from './principal.ts';

/** The values with as much of the score as the caller may learn. */
export function toldScores(values: OperationValues, principal: Principal, { scoreSteps }: Policy): OperationValues {
  const { score, threshold, ...decision } = values;
  if (score === undefined || isPrivileged(principal)) return values;
  // Above the threshold there is nothing left to climb to; whole numbers say how sure the match is.
  const isMatch = decision.match === true || decision.identity !== undefined;
  return scoreSteps && isMatch ? { ...decision, score: Math.floor(score) } : decision;
}
