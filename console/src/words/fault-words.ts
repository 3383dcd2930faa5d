/** What went wrong, and what to do about it, for people. */

import {
  type ConnectionStage,
  fingerprintRejectDetail,
  isBiometricError,
  type RejectDetail,
} from '../../../src/exports/whorl/client/browser.ts';

/** A fault as it is shown. */
export interface FaultWords {
  readonly title: string;
  readonly advice: string;
  /** Name of the code, for those who look it up. */
  readonly code?: string;
}

/** Whether something answers where the service should be, as far as a page can tell. */
export type Reachability = 'silent' | 'answers';

/** Why there is no connection: the stage that failed, and what helps. */
export function connectionWords(thrown: unknown, reachability: Reachability = 'silent'): FaultWords {
  if (!isBiometricError(thrown)) return faultWords(thrown);
  const code = thrown.code;
  if (code === 'WHORL_E_CONNECTION_LOST' && thrown.stage === undefined) {
    return {
      code,
      title: 'The connection was lost',
      advice: 'The service ended or was restarted. Trying again by itself.',
    };
  }
  const stage: ConnectionStage = thrown.stage ?? 'request';
  switch (stage) {
    case 'reach':
      return reachability === 'answers'
        ? {
            code,
            title: 'The service runs, but the connection was refused',
            advice:
              'Open the console at the address that `whorl console` prints: a service lets its own pages in, and others only when http.origins lists them. An extension of the browser can also be what refuses it.',
          }
        : {
            code,
            title: 'The service is not running',
            advice: 'Start it with `whorl serve` or `npm start`. This page tries again by itself.',
          };
    case 'authorize':
      return {
        code,
        title: 'This browser is not paired with the service',
        advice: 'Run `whorl console` and open the link that it prints. Each link works once.',
      };
    case 'version':
      return {
        code,
        title: 'The page and the service are of different versions',
        advice: 'Reload the page. If that does not help, restart the service with the version that is installed.',
      };
    case 'request':
      return { code, title: thrown.message, advice: thrown.remedy };
    default:
      stage satisfies never;
      return faultWords(thrown);
  }
}

const FAULTS: Readonly<Record<string, Omit<FaultWords, 'code'>>> = {
  WINBIO_E_SENSOR_UNAVAILABLE: {
    title: 'The reader is not there',
    advice: 'It was unplugged, or none is attached. Plug a reader in, then begin again.',
  },
  WINBIO_E_INVALID_UNIT: {
    title: 'The reader is gone',
    advice: 'It was unplugged. Plug it in again: it comes back as a new unit. Then begin again.',
  },
  WINBIO_E_DEVICE_FAILURE: { title: 'The reader failed', advice: 'Unplug it and plug it in again, then begin again.' },
  WINBIO_E_ENROLLMENT_IN_PROGRESS: {
    title: 'Another enrollment is under way on this reader',
    advice: 'Wait until it has ended, or end it where it was begun.',
  },
  WINBIO_E_LOCK_VIOLATION: {
    title: 'Another session has this reader for itself',
    advice: 'Wait until it gives the reader back.',
  },
  WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND: {
    title: 'The machine went to sleep while enrolling',
    advice: 'Nothing was stored. Begin again.',
  },
  WINBIO_E_CANCELED: {
    title: 'The service canceled it',
    advice: 'It ended, or was told to cancel what waits. Begin again.',
  },
  WHORL_E_CONNECTION_LOST: {
    title: 'The connection was lost',
    advice: 'What was under way has ended, and nothing of it was stored. Begin again when the page is connected.',
  },
  E_ACCESSDENIED: {
    title: 'This account may not do that',
    advice: 'Use an account that has this right, or have an administrator grant it.',
  },
};

/** A fault of an operation. */
export function faultWords(thrown: unknown): FaultWords {
  if (!isBiometricError(thrown)) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return { title: 'Something unexpected happened', advice: text };
  }
  const known = FAULTS[thrown.code];
  return { code: thrown.code, ...(known ?? { title: thrown.message, advice: thrown.remedy }) };
}

/** "too far left", and what to do about it. */
export function rejectWords(detail: RejectDetail): { readonly reason: string; readonly advice: string } {
  const entry = fingerprintRejectDetail(detail);
  if (entry === undefined) return { reason: 'it could not be used', advice: 'Touch again.' };
  return { reason: entry.name, advice: entry.advice };
}
