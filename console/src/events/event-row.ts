/** One event as the cells of a table. */

import { codeName } from '../../../src/exports/whorl/client/browser.ts';
import type { ServiceEvent } from '../service/connected-service.ts';
import { millisecondsWords, timeWords } from '../words/number-words.ts';

export interface EventRow {
  readonly isFailure: boolean;
  readonly cells: readonly [time: string, what: string, code: string, unit: string, took: string, account: string];
}

export function rowOf(event: ServiceEvent): EventRow {
  const time = timeWords(event.atMs);
  if (event.kind === 'unit') {
    return { isFailure: false, cells: [time, event.change, '', String(event.unitId), '', ''] };
  }
  const { kind, hresult, unitId, durationMs, sid } = event.request;
  const code = codeName(hresult);
  const unit = unitId === 0 ? '' : String(unitId);
  return { isFailure: isFailure(code), cells: [time, kind, code, unit, millisecondsWords(durationMs), sid] };
}

function isFailure(code: string): boolean {
  return /^(?:E_|WINBIO_E_|WHORL_E_|SEC_E_|HRESULT_0x[89a-f])/i.test(code);
}
