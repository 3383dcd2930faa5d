/** Requests that take no handle. */

import { checkCall } from '../core/call-rules.ts';
import { FAILED, type HRESULT } from '../core/hresult.ts';
import type { OperationValues } from '../core/operation-result.ts';
import type { ServiceCall } from '../core/service-call.ts';
import type { WinBioProcess } from './winbio-process.ts';

/** Checks and sends a request; `write` fills the holders with its answer. Never rejects. */
export function callService(
  process: WinBioProcess,
  request: ServiceCall,
  write: (values: OperationValues) => void = () => {},
): Promise<HRESULT> {
  const refused = checkCall(request);
  if (FAILED(refused)) return Promise.resolve(refused);
  return new Promise((resolve) => {
    process.channel.call(request, ({ hresult, values }) => {
      write(values);
      resolve(hresult);
    });
  });
}
