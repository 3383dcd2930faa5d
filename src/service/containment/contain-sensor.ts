/** A sensor whose faults stay its own. */

import type { OnBoard, SensorAdapter } from '../../adapters/sensor-adapter.ts';
import type { Clock } from '../../core/clock.ts';
import { isBytesOrRejected, isControlOutcome, isNothing } from './answer-checks.ts';
import { CallGuard, FINISH_AFTER_CANCEL_MS } from './call-guard.ts';
import { containEngine } from './contain-engine.ts';
import { containStorage } from './contain-storage.ts';

export function containSensor(sensor: SensorAdapter, clock: Clock): SensorAdapter {
  const guard = new CallGuard(clock, 'a sensor');
  const { calibration, onBoard } = sensor;
  return {
    get info() {
      return sensor.info;
    },
    ...(calibration && {
      calibration: {
        get formats() {
          return calibration.formats;
        },
        select: (format) => guard.withDeadline('calibration.select', () => calibration.select(format), isNothing),
        accept: (data) => guard.withDeadline('calibration.accept', () => calibration.accept(data), isNothing),
      },
    }),
    get progress() {
      return shareOf(sensor);
    },
    ...(onBoard && { onBoard: containOnBoard(onBoard, clock, guard) }),
    // No deadline after a cancel: the pump sees to that, since it can reset the sensor.
    capture: (request, options) =>
      guard.endless('capture', () => sensor.capture(request, options), isBytesOrRejected('sample')),
    control: (request, { signal }) =>
      guard.withDeadline('control', (options) => sensor.control(request, options), isControlOutcome, { signal }),
    notifyPower: (change) => guard.now('notifyPower', () => sensor.notifyPower(change), isNothing),
    reset: () => guard.withDeadline('reset', () => sensor.reset(), isNothing, { deadlineMs: FINISH_AFTER_CANCEL_MS }),
    close: () => guard.withDeadline('close', () => sensor.close(), isNothing, { deadlineMs: FINISH_AFTER_CANCEL_MS }),
    [Symbol.asyncDispose]() {
      return this.close();
    },
  };
}

/** Its progress, unless it throws or answers what is no share. */
function shareOf(sensor: SensorAdapter): number | undefined {
  try {
    const { progress } = sensor;
    return typeof progress === 'number' && progress >= 0 && progress <= 1 ? progress : undefined;
  } catch {
    return undefined;
  }
}

function containOnBoard(onBoard: OnBoard, clock: Clock, guard: CallGuard): OnBoard {
  return {
    engine: containEngine(onBoard.engine, clock),
    storage: containStorage(onBoard.storage, clock),
    databases: new Map(onBoard.databases),
    prepare: () => guard.withDeadline('prepare', () => onBoard.prepare(), isNothing),
  };
}
