/** Calls the function of winbio.h that an operation stands for. */

import * as w from '../../src/exports/whorl/winbio.ts';
import type { Operation } from './operation.ts';
import type { SessionModel } from './session-model.ts';

export function callOperation(model: SessionModel, operation: Operation, unit: number): Promise<number> {
  const { handle } = model;
  const b = model.process.winbio;
  const owner: w.WINBIO_IDENTITY = model.isPrivate
    ? w.toWinbioIdentity({ type: 'guid', guid: '9D3F6A52-0C47-4E1B-B6F8-21A5C07E94D3' })
    : w.toWinbioIdentity({ type: 'sid', sid: model.process.user });
  const anybody = w.toWinbioIdentity({ type: 'wildcard' });
  switch (operation) {
    case 'identify':
      return b.WinBioIdentify(handle, w.out(), w.out(), w.out(), w.out());
    case 'verify':
      return b.WinBioVerify(handle, owner, w.WINBIO_SUBTYPE_ANY, w.out(), w.out(), w.out());
    case 'locate':
      return b.WinBioLocateSensor(handle, w.out());
    case 'capture':
      return b.WinBioCaptureSample(handle, 0, w.WINBIO_DATA_FLAG_RAW, w.out(), w.out(), w.out(), w.out());
    case 'begin':
      return b.WinBioEnrollBegin(handle, 2, unit);
    case 'enroll':
      return b.WinBioEnrollCapture(handle, w.out());
    case 'commit':
      return b.WinBioEnrollCommit(handle, w.out(), w.out());
    case 'discard':
      return b.WinBioEnrollDiscard(handle);
    case 'enumerate':
      return b.WinBioEnumEnrollments(handle, unit, owner, w.out(), w.out());
    case 'delete':
      return b.WinBioDeleteTemplate(handle, unit, anybody, w.WINBIO_SUBTYPE_ANY);
    case 'lock':
      return b.WinBioLockUnit(handle, unit);
    case 'unlock':
      return b.WinBioUnlockUnit(handle, unit);
    case 'control':
      return b.WinBioControlUnit(handle, unit, 2, 1, new Uint8Array(1), 1, new Uint8Array(1), 1, w.out(), w.out());
    case 'monitor':
      return b.WinBioRegisterEventMonitor(handle, w.WINBIO_EVENT_FP_UNCLAIMED, () => {});
    case 'unmonitor':
      return b.WinBioUnregisterEventMonitor(handle);
    case 'select':
      return b.WinBioEnrollSelect(handle, 1n);
    case 'property':
      return b.WinBioGetProperty(handle, w.WINBIO_PROPERTY_TYPE_UNIT, 5, unit, null, 0, w.out(), w.out());
    case 'setting':
      return b.WinBioSetProperty(handle, w.WINBIO_PROPERTY_TYPE_ACCOUNT, 1, 0, anybody, 0, new Uint8Array(8), 8);
    case 'logon':
      return b.WinBioLogonIdentifiedUser(handle);
    case 'privileged':
      return b.WinBioControlUnitPrivileged(
        handle,
        unit,
        1,
        0x800,
        new Uint8Array(1),
        1,
        new Uint8Array(1),
        1,
        w.out(),
        w.out(),
      );
    case 'presence':
      return b.WinBioMonitorPresence(handle, unit);
    case 'units':
      return b.WinBioAsyncEnumBiometricUnits(handle, w.WINBIO_TYPE_ANY);
    case 'databases':
      return b.WinBioAsyncEnumDatabases(handle, w.WINBIO_TYPE_ANY);
    case 'providers':
      return b.WinBioAsyncEnumServiceProviders(handle, w.WINBIO_TYPE_ANY);
    case 'changes':
      return b.WinBioAsyncMonitorFrameworkChanges(handle, w.WINBIO_FRAMEWORK_CHANGE_UNIT);
    case 'cancel':
      return b.WinBioCancel(handle);
    default:
      return operation satisfies never;
  }
}
