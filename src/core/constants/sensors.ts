/** Sensors and units: sub-types, modes, status, capabilities, components. WBF: constants 7 and 8. */

/** Kind of sensor not known. */
export const WINBIO_SENSOR_SUBTYPE_UNKNOWN = 0;
/** The finger is drawn across the sensor. */
export const WINBIO_FP_SENSOR_SUBTYPE_SWIPE = 1;
/** The finger rests on the sensor. */
export const WINBIO_FP_SENSOR_SUBTYPE_TOUCH = 2;

// Modes
/** Mode not known. */
export const WINBIO_SENSOR_UNKNOWN_MODE = 0;
/** The sensor only captures. */
export const WINBIO_SENSOR_BASIC_MODE = 1;
/** The sensor also processes or stores. */
export const WINBIO_SENSOR_ADVANCED_MODE = 2;
/** The sensor steers a pointer; not supported. */
export const WINBIO_SENSOR_NAVIGATION_MODE = 3;
/** The sensor sleeps. */
export const WINBIO_SENSOR_SLEEP_MODE = 4;

// Status
/** Status not known. */
export const WINBIO_SENSOR_STATUS_UNKNOWN = 0;
/** The last sample was accepted. */
export const WINBIO_SENSOR_ACCEPT = 1;
/** The last sample was rejected. */
export const WINBIO_SENSOR_REJECT = 2;
/** Ready to capture. */
export const WINBIO_SENSOR_READY = 3;
/** A capture is under way. */
export const WINBIO_SENSOR_BUSY = 4;
/** The sensor needs calibration first. */
export const WINBIO_SENSOR_NOT_CALIBRATED = 5;
/** The sensor failed. */
export const WINBIO_SENSOR_FAILURE = 6;
/** The sensor is attached and can be used. */
export const WINBIO_SENSOR_AVAILABLE = 7;
/** The sensor cannot be used now. */
export const WINBIO_SENSOR_UNAVAILABLE = 8;

// Orientation and indicator
/** Orientation not given. */
export const WINBIO_ORIENTATION_UNSPECIFIED = 0;
/** The device must be held in landscape. */
export const WINBIO_ORIENTATION_LANDSCAPE = 1;
/** The device must be held in portrait. */
export const WINBIO_ORIENTATION_PORTRAIT = 2;
/** The device may be held either way. */
export const WINBIO_ORIENTATION_ANY = 3;
/** The indicator light is on. */
export const WINBIO_INDICATOR_ON = 1;
/** The indicator light is off. */
export const WINBIO_INDICATOR_OFF = 2;

// Capabilities of a unit, as bits
/** Captures samples. */
export const WINBIO_CAPABILITY_SENSOR = 0x00000001;
/** Matches on board. */
export const WINBIO_CAPABILITY_MATCHING = 0x00000002;
/** Stores templates on board. */
export const WINBIO_CAPABILITY_DATABASE = 0x00000004;
/** Processes samples on board. */
export const WINBIO_CAPABILITY_PROCESSING = 0x00000008;
/** Encrypts samples. */
export const WINBIO_CAPABILITY_ENCRYPTION = 0x00000010;
/** Can steer a pointer. */
export const WINBIO_CAPABILITY_NAVIGATION = 0x00000020;
/** Has an indicator light. */
export const WINBIO_CAPABILITY_INDICATOR = 0x00000040;
/** Is software, not hardware. */
export const WINBIO_CAPABILITY_VIRTUAL_SENSOR = 0x00000080;
/** Hands samples to a secure component only; they cannot be exported. */
export const WINBIO_CAPABILITY_SECURE_SENSOR = 0x00000100;
/** Speaks the secure connection protocol, version 1. */
export const WINBIO_CAPABILITY_SCP_V1 = 0x00000200;
/** Can wake the machine. */
export const WINBIO_CAPABILITY_WAKE = 0x00000400;

// Capabilities of an engine, as bits
/** Improves a template with later samples. */
export const WINBIO_ENG_CAP_ITERATIVE_IMPROVEMENT = 1;
/** Detects presentation attacks. */
export const WINBIO_ENG_CAP_SPOOF_DETECTION = 2;

// Components of a unit
/** The sensor adapter. */
export const WINBIO_COMPONENT_SENSOR = 1;
/** The engine adapter. */
export const WINBIO_COMPONENT_ENGINE = 2;
/** The storage adapter. */
export const WINBIO_COMPONENT_STORAGE = 3;

// Why a sensor woke the machine
/** Not known. */
export const WINBIO_WAKE_REASON_UNKNOWN = 0;
/** It was touched. */
export const WINBIO_WAKE_REASON_TOUCH = 1;

// Where templates are compared
/** In a process. */
export const WINBIO_MATCH_SOFTWARE = 1;
/** In a trusted execution environment. */
export const WINBIO_MATCH_TRUSTED_EXECUTION_ENVIRONMENT = 2;
/** On the sensor. */
export const WINBIO_MATCH_ON_CHIP = 3;
