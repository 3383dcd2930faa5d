/** Identity types, monitor events and the changes they report. WBF: constants 8. */

/** No identity. */
export const WINBIO_ID_TYPE_NULL = 0;
/** Any identity. */
export const WINBIO_ID_TYPE_WILDCARD = 1;
/** An owner in a private pool. */
export const WINBIO_ID_TYPE_GUID = 2;
/** An account, the owner in the system pool. */
export const WINBIO_ID_TYPE_SID = 3;
/** An owner known to a secure component. */
export const WINBIO_ID_TYPE_SECURE_ID = 4;

/** A sample arrived that no operation asked for. */
export const WINBIO_EVENT_FP_UNCLAIMED = 1;
/** A sample arrived that no operation asked for, and was searched. */
export const WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY = 2;
/** The monitor failed; only reported, never asked for. */
export const WINBIO_EVENT_ERROR = 0xffffffff;

/** Units are attached and detached. */
export const WINBIO_FRAMEWORK_CHANGE_UNIT = 1;
/** The status of units changes. */
export const WINBIO_FRAMEWORK_CHANGE_UNIT_STATUS = 2;

/** Change not known. */
export const WINBIO_PRESENCE_CHANGE_TYPE_UNKNOWN = 0;
/** The notice describes everyone in the frame. */
export const WINBIO_PRESENCE_CHANGE_TYPE_UPDATE_ALL = 1;
/** Someone entered the frame. */
export const WINBIO_PRESENCE_CHANGE_TYPE_ARRIVE = 2;
/** Someone was identified, or found to be unknown. */
export const WINBIO_PRESENCE_CHANGE_TYPE_RECOGNIZE = 3;
/** Someone has left the frame. */
export const WINBIO_PRESENCE_CHANGE_TYPE_DEPART = 4;
/** Someone in the frame has a new position or reject detail. */
export const WINBIO_PRESENCE_CHANGE_TYPE_TRACK = 5;
