/** WinBioGetProperty. WBF: operations 4.1, workflows 17, D-24. */

import { BiometricError } from '../../core/biometric-error.ts';
import * as c from '../../core/constants.ts';
import {
  type EnrollmentRequirements,
  encodeAntiSpoofPolicy,
  encodeEngineInfo,
  encodeEnrollmentStatus,
  encodeSensorInfo,
  encodeStorageInfo,
  encodeWords,
} from '../../core/property-values.ts';
import {
  S_OK,
  WINBIO_E_BAD_CAPTURE,
  WINBIO_E_INVALID_OPERATION,
  WINBIO_I_MORE_DATA,
} from '../../core/result-constants.ts';
import { requireEnabled } from '../access/policy.ts';
import type { ServiceContext } from '../context.ts';
import { success } from '../outcome.ts';
import type { Session } from '../sessions/session.ts';
import type { Unit } from '../units/unit.ts';
import { requireNoMonitor, requireUnit, requireUnlocked } from './checks.ts';
import type { Handler } from './handler.ts';

export const getProperty: Handler<Session, 'get-property'> = ({ context, session, request }) => {
  requireEnabled(context.policy());
  requireNoMonitor(session);
  const { propertyType, propertyId, unitId, identity } = request;
  if (propertyType === c.WINBIO_PROPERTY_TYPE_ACCOUNT) {
    const own = session.process.principal.sid;
    // Null means the account of the session's user, the wildcard the setting of the system.
    const account = identity === null ? own : identity.type === 'sid' ? identity.sid : undefined;
    return success(0, { property: encodeAntiSpoofPolicy(context.antiSpoof.effective(account)) });
  }
  if (propertyId === c.WINBIO_PROPERTY_FP_BU_STATE) return success(0, { property: readerState(context) });
  const unit = requireUnit(context, session, unitId);
  requireUnlocked(unit, session);
  const { enrollment } = unit;
  if (enrollment !== undefined && enrollment.session !== session && !session.pool.isPrivate) {
    throw new BiometricError('WINBIO_E_ENROLLMENT_IN_PROGRESS', undefined, { unitId });
  }
  return success(unitId, { property: unitProperty(unit, propertyId) });
};

const NO_REQUIREMENTS: EnrollmentRequirements = Object.freeze({
  generalSamples: 0,
  center: 0,
  topEdge: 0,
  bottomEdge: 0,
  leftEdge: 0,
  rightEdge: 0,
});

function unitProperty(unit: Unit, propertyId: number): Uint8Array {
  const { sensor, engine } = unit;
  switch (propertyId) {
    case c.WINBIO_PROPERTY_SAMPLE_HINT:
      if (engine.info.sampleHint === 0) throw unsupported(unit);
      return encodeWords([engine.info.sampleHint]);
    case c.WINBIO_PROPERTY_EXTENDED_SENSOR_INFO:
      return encodeSensorInfo(sensor.info);
    case c.WINBIO_PROPERTY_EXTENDED_ENGINE_INFO:
      return encodeEngineInfo({ ...engine.info, requirements: engine.info.requirements ?? requirementsOf(unit) });
    case c.WINBIO_PROPERTY_EXTENDED_STORAGE_INFO:
      return encodeStorageInfo(sensor.info);
    case c.WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS:
      return enrollmentStatus(unit);
    case c.WINBIO_PROPERTY_EXTENDED_UNIT_STATUS:
      return encodeWords([unit.status.availability, unit.status.reasonCode]);
    case c.WINBIO_PROPERTY_UNIT_SECURITY_LEVEL:
    case c.WINBIO_PROPERTY_FP_IS_IMPROVING:
      // An ordinary process gives ordinary security (service 15.4); templates are not improved later.
      return encodeWords([0]);
    default:
      throw unsupported(unit);
  }
}

function enrollmentStatus(unit: Unit): Uint8Array {
  const { enrollment } = unit;
  const requirements = unit.engine.info.requirements ?? requirementsOf(unit);
  const { factor } = unit.sensor.info;
  if (enrollment === undefined) {
    const templateStatus = WINBIO_E_INVALID_OPERATION;
    return encodeEnrollmentStatus({
      templateStatus,
      rejectDetail: 0,
      percentComplete: 0,
      factor,
      subFactor: 0,
      requirements,
    });
  }
  const { lastReject: rejectDetail, percentComplete, subFactor, state } = enrollment;
  const collecting = rejectDetail === 0 ? WINBIO_I_MORE_DATA : WINBIO_E_BAD_CAPTURE;
  const templateStatus = state === 'complete' ? S_OK : collecting;
  return encodeEnrollmentStatus({ templateStatus, rejectDetail, percentComplete, factor, subFactor, requirements });
}

function requirementsOf(unit: Unit): EnrollmentRequirements {
  return { ...NO_REQUIREMENTS, generalSamples: unit.engine.info.sampleHint };
}

function readerState(context: ServiceContext): Uint8Array {
  const readers = context.units.all.filter(({ sensor }) => sensor.info.factor === c.WINBIO_TYPE_FINGERPRINT);
  const result = readers.find(({ creationResult }) => creationResult !== S_OK)?.creationResult ?? S_OK;
  return encodeWords([readers.length > 0 ? 1 : 0, result]);
}

function unsupported(unit: Unit): BiometricError {
  return new BiometricError('WINBIO_E_UNSUPPORTED_PROPERTY', undefined, { unitId: unit.unitId });
}
