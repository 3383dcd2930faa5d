/** Variables that examples of `whorl/winbio` find around them: an open session, holders, callbacks, bound functions. */

import type { BlockingConnection } from '../../../src/exports/whorl/winbio/blocking.ts';
import type {
  FilledOut,
  MessageWindow,
  PWINBIO_ASYNC_COMPLETION_CALLBACK,
  PWINBIO_CAPTURE_CALLBACK,
  PWINBIO_ENROLL_CAPTURE_CALLBACK,
  PWINBIO_EVENT_CALLBACK,
  PWINBIO_IDENTIFY_CALLBACK,
  PWINBIO_LOCATE_SENSOR_CALLBACK,
  PWINBIO_VERIFY_CALLBACK,
  WINBIO_ASYNC_RESULT,
  WINBIO_IDENTITY,
  WinBio,
} from '../../../src/exports/whorl/winbio.ts';

export { Worker, workerData } from 'node:worker_threads';

export declare const winbio: WinBio;
export declare const session: FilledOut<number>;
export declare const framework: FilledOut<number>;
export declare const unit: FilledOut<number>;
export declare const identity: FilledOut<WINBIO_IDENTITY>;
export declare const subFactor: FilledOut<number>;
export declare const rejectDetail: FilledOut<number>;
export declare const match: FilledOut<boolean>;
export declare const sample: FilledOut<Uint8Array | null>;
export declare const size: FilledOut<number>;
export declare const onNotice: PWINBIO_ASYNC_COMPLETION_CALLBACK;
export declare const onSample: PWINBIO_CAPTURE_CALLBACK;
export declare const onIdentified: PWINBIO_IDENTIFY_CALLBACK;
export declare const onVerified: PWINBIO_VERIFY_CALLBACK;
export declare const onLocated: PWINBIO_LOCATE_SENSOR_CALLBACK;
export declare const onEnrollCapture: PWINBIO_ENROLL_CAPTURE_CALLBACK;
export declare const onEvent: PWINBIO_EVENT_CALLBACK;
export declare const messages: MessageWindow;
export declare const result: WINBIO_ASYNC_RESULT;
export declare const connection: BlockingConnection;
