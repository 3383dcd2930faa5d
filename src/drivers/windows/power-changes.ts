/** Suspend and resume, as Windows tells a process of them, with or without a window. */

import { loadCalls, type Pointer } from './win32.ts';
import { win32Fault } from './win32-fault.ts';

const CALLS = {
  PowerRegisterSuspendResumeNotification: [
    'powrprof',
    'uint32_t PowerRegisterSuspendResumeNotification(uint32_t, void *, _Out_ void **)',
    'https://learn.microsoft.com/windows/win32/api/powerbase',
  ],
  PowerUnregisterSuspendResumeNotification: [
    'powrprof',
    'uint32_t PowerUnregisterSuspendResumeNotification(void *)',
    'https://learn.microsoft.com/windows/win32/api/powerbase',
  ],
} as const;

/** `winuser.h` */
const DEVICE_NOTIFY_CALLBACK = 2;
const TARGET = 'DEVICE_NOTIFY_SUBSCRIBE_PARAMETERS';
/** What is told: PBT_APMSUSPEND, and PBT_APMRESUMEAUTOMATIC, which comes first of all after every sleep. */
const CHANGES: Readonly<Record<number, 'suspend' | 'resume'>> = { 4: 'suspend', 18: 'resume' };

let loaded: ReturnType<typeof loadCalls<typeof CALLS>> | undefined;

/**
 * Calls back when the machine is about to sleep, and when it is awake again, until it is disposed; Windows waits for a moment
 * until the call returns. Throws WHORL_E_CONFIGURATION without koffi, or the code of Windows.
 */
export function watchPower(changed: (change: 'suspend' | 'resume') => void): Disposable {
  loaded ??= loadCalls('suspend and resume', CALLS, (types) => {
    types.proto('uint32_t WhorlPowerChange(void *context, uint32_t type, void *setting)');
    types.struct(TARGET, { Callback: 'WhorlPowerChange *', Context: 'void *' });
  });
  const { koffi, calls } = loaded;
  const callback = koffi.register((_: Pointer, type: number) => {
    const change = CHANGES[type];
    if (change !== undefined) changed(change);
    return 0;
  }, koffi.pointer('WhorlPowerChange'));
  // Windows may read it as long as it calls back.
  const target = koffi.alloc(TARGET, 1);
  koffi.encode(target, TARGET, { Callback: callback, Context: null });
  const forget = () => {
    koffi.unregister(callback);
    koffi.free(target);
  };
  const registration: [Pointer] = [null];
  const error = calls.PowerRegisterSuspendResumeNotification(DEVICE_NOTIFY_CALLBACK, target, registration) as number;
  if (error !== 0) {
    forget();
    throw win32Fault('suspend and resume cannot be watched', error);
  }
  let isWatched = true;
  return {
    [Symbol.dispose]() {
      if (!isWatched) return;
      isWatched = false;
      // In a thread of its own: it waits for a call back that is under way, which waits for this one.
      calls.PowerUnregisterSuspendResumeNotification.async(registration[0], forget);
    },
  };
}
