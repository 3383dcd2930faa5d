/** Faults in words: what went wrong, and what to do about it. */

import {
  type ConnectionStage,
  fingerprintRejectDetail,
  isBiometricError,
  type RejectDetail,
} from '../../../src/exports/whorl/client/browser.ts';

/** A fault as a page shows it. */
export interface FaultWords {
  readonly title: string;
  readonly advice: string;
  /** Name of the code, to look it up. */
  readonly code?: string;
}

/** Why there is no connection: the stage that failed, and what helps. */
export function connectionWords(thrown: unknown): FaultWords {
  if (!isBiometricError(thrown)) return faultWords(thrown);
  const code = thrown.code;
  if (code === 'WHORL_E_CONNECTION_LOST' && thrown.stage === undefined) {
    return {
      code,
      title: 'The connection was lost',
      advice: 'The service ended or was restarted. This page reconnects by itself.',
    };
  }
  const stage: ConnectionStage = thrown.stage ?? 'request';
  switch (stage) {
    case 'reach':
      return {
        code,
        title: 'The service is not running',
        advice: 'Start it with `whorl serve` or `npm start`. This page tries again by itself.',
      };
    case 'origin':
      return {
        code,
        title: 'The service runs, but the connection was refused',
        advice:
          'Open the console at the address that `whorl console` prints: a service accepts its own pages, and others only if http.origins lists them. A browser extension can also be the cause.',
      };
    case 'permission':
      return {
        code,
        title: 'The browser keeps this page from the service',
        advice: 'Allow access to the local network in the settings that the browser has for this site, then reload.',
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
        title: 'The page and the service have different versions',
        advice: 'Reload the page. If that does not help, restart the service, so that it runs the installed version.',
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
    advice: 'It was unplugged, or none is attached. Plug in a reader, then start again.',
  },
  WINBIO_E_INVALID_UNIT: {
    title: 'The reader is gone',
    advice: 'It was unplugged. Plug it in again, as a new unit, then start again.',
  },
  WINBIO_E_DEVICE_FAILURE: { title: 'The reader failed', advice: 'Unplug it and plug it in again, then start again.' },
  WINBIO_E_ENROLLMENT_IN_PROGRESS: {
    title: 'Another enrollment is under way on this reader',
    advice: 'Wait until it ends, or end it where it was started.',
  },
  WINBIO_E_LOCK_VIOLATION: {
    title: 'Another session has locked this reader',
    advice: 'Wait until it releases the reader.',
  },
  WINBIO_E_ENROLLMENT_CANCELED_BY_SUSPEND: {
    title: 'The machine went to sleep while enrolling',
    advice: 'Nothing was stored. Start again.',
  },
  WINBIO_E_CANCELED: {
    title: 'The service canceled it',
    advice: 'The service ended, or was told to cancel waiting operations. Start again.',
  },
  WHORL_E_CONNECTION_LOST: {
    title: 'The connection was lost',
    advice: 'The operation ended, and nothing was stored. Start again when the page is connected.',
  },
  E_ACCESSDENIED: {
    title: 'This account may not do that',
    advice: 'Use an account that has this right, or ask an administrator to grant it.',
  },
};

/** Words for the fault of an operation. */
export function faultWords(thrown: unknown): FaultWords {
  if (!isBiometricError(thrown)) {
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    return { title: 'Something unexpected happened', advice: text };
  }
  const known = FAULTS[thrown.code];
  return { code: thrown.code, ...(known ?? { title: thrown.message, advice: thrown.remedy }) };
}

/** The reason of a rejection, such as "too far left", and what to do about it. */
export function rejectWords(detail: RejectDetail): { readonly reason: string; readonly advice: string } {
  const entry = fingerprintRejectDetail(detail);
  if (entry === undefined) return { reason: 'it could not be used', advice: 'Touch again.' };
  return { reason: entry.name, advice: entry.advice };
}
