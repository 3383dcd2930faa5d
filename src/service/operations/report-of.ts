/** What an engine says of a sample, as a value of the operation that used it. */

import type { ExtractionOutcome } from '../../adapters/engine-adapter.ts';
import type { OperationValues } from '../../core/operation-result.ts';

export function reportOf({ report }: ExtractionOutcome): Pick<OperationValues, 'report'> {
  return report === undefined ? {} : { report };
}
