/** The structures in property buffers, which `decodeProperty` reads. WBF: structures 7. */

import type * as c from '../core/constants.ts';
import type { HRESULT } from '../core/hresult.ts';
import type {
  WINBIO_ANTI_SPOOF_POLICY_ACTION,
  WINBIO_BIOMETRIC_SUBTYPE,
  WINBIO_BIOMETRIC_TYPE,
  WINBIO_CAPABILITIES,
  WINBIO_ORIENTATION,
  WINBIO_POLICY_SOURCE,
  WINBIO_REJECT_DETAIL,
  WINBIO_SENSOR_STATUS,
  WINBIO_UNIT_SECURITY_LEVEL,
} from './scalar-types.ts';
import type { POINT, RECT } from './structures.ts';

/** The value of each property, by its type and id. */
export interface PropertyValues {
  /** Of a unit. */
  [c.WINBIO_PROPERTY_TYPE_UNIT]: {
    /** Estimate of the most good samples that a template needs. */
    [c.WINBIO_PROPERTY_SAMPLE_HINT]: number;
    /** Capabilities of the sensor. */
    [c.WINBIO_PROPERTY_EXTENDED_SENSOR_INFO]: WINBIO_EXTENDED_SENSOR_INFO;
    /** Capabilities of the engine, and what it needs for a template. */
    [c.WINBIO_PROPERTY_EXTENDED_ENGINE_INFO]: WINBIO_EXTENDED_ENGINE_INFO;
    /** Capabilities of the storage. */
    [c.WINBIO_PROPERTY_EXTENDED_STORAGE_INFO]: WINBIO_EXTENDED_STORAGE_INFO;
    /** How far an enrollment is. */
    [c.WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS]: WINBIO_EXTENDED_ENROLLMENT_STATUS;
    /** Whether the unit can be used. */
    [c.WINBIO_PROPERTY_EXTENDED_UNIT_STATUS]: WINBIO_EXTENDED_UNIT_STATUS;
    /** `WINBIO_UNIT_SECURITY_LEVEL_*`. */
    [c.WINBIO_PROPERTY_UNIT_SECURITY_LEVEL]: WINBIO_UNIT_SECURITY_LEVEL;
    /** Whether a fingerprint reader is there. */
    [c.WINBIO_PROPERTY_FP_BU_STATE]: WINBIO_FP_BU_STATE;
    /** Whether templates are being improved. */
    [c.WINBIO_PROPERTY_FP_IS_IMPROVING]: boolean;
  };
  /** Of an account. */
  [c.WINBIO_PROPERTY_TYPE_ACCOUNT]: {
    /** Whether presentation attacks are looked for. */
    [c.WINBIO_PROPERTY_ANTI_SPOOF_POLICY]: WINBIO_ANTI_SPOOF_POLICY;
  };
}

/** The frame of a camera. */
export interface SensorFrame {
  /** Its size, pixels. */
  FrameSize: RECT;
  /** Its offset from the centre of the display, pixels. */
  FrameOffset: POINT;
  /** How the device must be held. */
  MandatoryOrientation: WINBIO_ORIENTATION;
}

/** Value of `WINBIO_PROPERTY_EXTENDED_SENSOR_INFO`. WBF: structures 7.1. */
export interface WINBIO_EXTENDED_SENSOR_INFO {
  /** Mask of `WINBIO_CAPABILITY_*`. */
  GenericSensorCapabilities: WINBIO_CAPABILITIES;
  /** What the sensor captures; chooses the member of `Specific`. */
  Factor: WINBIO_BIOMETRIC_TYPE;
  /** One member, by factor. */
  Specific: {
    /** Of any other factor: 0. */
    Null?: number;
    /** Of a face. */
    FacialFeatures?: SensorFrame;
    /** Of a fingerprint. */
    Fingerprint?: {
      /** 0. */
      Reserved: number;
    };
    /** Of an iris. */
    Iris?: SensorFrame;
    /** Of a voice. */
    Voice?: {
      /** 0. */
      Reserved: number;
    };
  };
}

/** An engine that states capabilities only. */
export interface PlainEngineInfo {
  /** Mask of `WINBIO_ENG_CAP_*`. */
  Capabilities: WINBIO_CAPABILITIES;
  /** None are stated. */
  EnrollmentRequirements: {
    /** 0. */
    Null: number;
  };
}

/** Samples of each kind that an engine needs for a template: totals, not a countdown (D-39). */
export interface FingerprintRequirements {
  /** Samples in all. */
  GeneralSamples: number;
  /** Samples of the centre. */
  Center: number;
  /** Samples of the upper edge. */
  TopEdge: number;
  /** Samples of the lower edge. */
  BottomEdge: number;
  /** Samples of the left edge. */
  LeftEdge: number;
  /** Samples of the right edge. */
  RightEdge: number;
}

/** Value of `WINBIO_PROPERTY_EXTENDED_ENGINE_INFO`. WBF: structures 7.2. */
export interface WINBIO_EXTENDED_ENGINE_INFO {
  /** Mask of `WINBIO_ENG_CAP_*`. */
  GenericEngineCapabilities: WINBIO_CAPABILITIES;
  /** What the engine compares; chooses the member of `Specific`. */
  Factor: WINBIO_BIOMETRIC_TYPE;
  /** One member, by factor. */
  Specific: {
    /** Of any other factor: 0. */
    Null?: number;
    /** Of a face. */
    FacialFeatures?: PlainEngineInfo;
    /** Of a fingerprint. */
    Fingerprint?: {
      /** Mask of `WINBIO_ENG_CAP_*`. */
      Capabilities: WINBIO_CAPABILITIES;
      /** What a template needs. */
      EnrollmentRequirements: FingerprintRequirements;
    };
    /** Of an iris. */
    Iris?: PlainEngineInfo;
    /** Of a voice. */
    Voice?: PlainEngineInfo;
  };
}

/** Capabilities of a storage for one factor. */
export interface StorageCapabilities {
  /** 0: none are defined. */
  Capabilities: WINBIO_CAPABILITIES;
}

/** Value of `WINBIO_PROPERTY_EXTENDED_STORAGE_INFO`. WBF: structures 7.3. */
export interface WINBIO_EXTENDED_STORAGE_INFO {
  /** 0: none are defined. */
  GenericStorageCapabilities: WINBIO_CAPABILITIES;
  /** What its templates are of; chooses the member of `Specific`. */
  Factor: WINBIO_BIOMETRIC_TYPE;
  /** One member, by factor. */
  Specific: {
    /** Of any other factor: 0. */
    Null?: number;
    /** Of a face. */
    FacialFeatures?: StorageCapabilities;
    /** Of a fingerprint. */
    Fingerprint?: StorageCapabilities;
    /** Of an iris. */
    Iris?: StorageCapabilities;
    /** Of a voice. */
    Voice?: StorageCapabilities;
  };
}

/** Value of `WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS`. WBF: structures 7.4. */
export interface WINBIO_EXTENDED_ENROLLMENT_STATUS {
  /**
   * S_OK: ready to commit. WINBIO_I_MORE_DATA: needs samples. WINBIO_E_BAD_CAPTURE: the last was rejected.
   * WINBIO_E_INVALID_OPERATION: no enrollment.
   */
  TemplateStatus: HRESULT;
  /** Why the last sample was rejected; 0 when it was not. */
  RejectDetail: WINBIO_REJECT_DETAIL;
  /** How far the enrollment is, 0 to 100. */
  PercentComplete: number;
  /** What is enrolled; chooses the member of `Specific`. */
  Factor: WINBIO_BIOMETRIC_TYPE;
  /** Finger being enrolled. */
  SubFactor: WINBIO_BIOMETRIC_SUBTYPE;
  /** One member, by factor. */
  Specific: {
    /** Of any other factor: 0. */
    Null?: number;
    /** Of a face. */
    FacialFeatures?: {
      /** Where the face is in the frame. */
      BoundingBox: RECT;
      /** -100 too near to 100 too far; 0 is ideal. */
      Distance: number;
    };
    /** Of a fingerprint. */
    Fingerprint?: FingerprintRequirements;
    /** Of an iris. */
    Iris?: {
      /** Where one eye is in the frame. */
      EyeBoundingBox_1: RECT;
      /** Where the other is. */
      EyeBoundingBox_2: RECT;
      /** Pupil of the one. */
      PupilCenter_1: POINT;
      /** Pupil of the other. */
      PupilCenter_2: POINT;
      /** -100 too near to 100 too far; 0 is ideal. */
      Distance: number;
    };
    /** Of a voice. */
    Voice?: {
      /** 0. */
      Reserved: number;
    };
  };
}

/** Value of `WINBIO_PROPERTY_EXTENDED_UNIT_STATUS`, and what a change of it is notified with. WBF: service 3.4. */
export interface WINBIO_EXTENDED_UNIT_STATUS {
  /**
   * `WINBIO_SENSOR_READY`: at rest. `_BUSY`: capturing. `_FAILURE`: the sensor does not answer. `_UNAVAILABLE`: the unit
   * could not be configured.
   */
  Availability: WINBIO_SENSOR_STATUS;
  /** The HRESULT that says why it cannot be used; 0 when it can. */
  ReasonCode: number;
}

/** Value of `WINBIO_PROPERTY_FP_BU_STATE`. WBF: structures 7.5. */
export interface WINBIO_FP_BU_STATE {
  /** Whether a fingerprint reader is attached. */
  SensorAttached: boolean;
  /** Why its unit is unassigned; S_OK when it is configured. */
  CreationResult: HRESULT;
}

/** Value of `WINBIO_PROPERTY_ANTI_SPOOF_POLICY`. WBF: structures 7.5. */
export interface WINBIO_ANTI_SPOOF_POLICY {
  /** `WINBIO_ANTI_SPOOF_*`. */
  Action: WINBIO_ANTI_SPOOF_POLICY_ACTION;
  /** Who set it; ignored where it is written. */
  Source: WINBIO_POLICY_SOURCE;
}
