/** Pools, session flags, access rights and the way notices are delivered. WBF: constants 3 and 4. */

// WINBIO_ASYNC_NOTIFICATION_METHOD
/** No notices: the method of synchronous sessions, refused by the asynchronous opens. */
export const WINBIO_ASYNC_NOTIFY_NONE = 0;
/** Notices go to a completion callback. */
export const WINBIO_ASYNC_NOTIFY_CALLBACK = 1;
/** Notices are posted to a message window. */
export const WINBIO_ASYNC_NOTIFY_MESSAGE = 2;
/** Upper bound of the enumeration; never a valid argument. */
export const WINBIO_ASYNC_NOTIFY_MAXIMUM_VALUE = 3;

// Pool types
/** Pool not known. */
export const WINBIO_POOL_UNKNOWN = 0;
/** Units shared by all sessions of the machine; templates belong to accounts. */
export const WINBIO_POOL_SYSTEM = 1;
/** Units one session has to itself; templates belong to GUIDs. */
export const WINBIO_POOL_PRIVATE = 2;
/** Units that are in no pool; reserved for the framework. */
export const WINBIO_POOL_UNASSIGNED = 3;

// Session flags: configuration in the high 16 bits, access in the low 16
/** Units work as they were installed; the only configuration of the system pool. */
export const WINBIO_FLAG_DEFAULT = 0x00000000;
/** Units only capture. */
export const WINBIO_FLAG_BASIC = 0x00010000;
/** Units also process or store on board. */
export const WINBIO_FLAG_ADVANCED = 0x00020000;
/** The session may export raw samples; administrators only. */
export const WINBIO_FLAG_RAW = 0x00000001;
/** The session may send privileged vendor commands; administrators only. */
export const WINBIO_FLAG_MAINTENANCE = 0x00000002;

// Access rights of a unit
/** Right to capture raw samples. */
export const BIO_UNIT_RAW = 0x0001;
/** Right to send privileged vendor commands. */
export const BIO_UNIT_MAINTENANCE = 0x0002;
/** Right to open a session on the unit. */
export const BIO_UNIT_OPEN_SESSION = 0x0004;
/** Right to capture, identify and verify. */
export const BIO_UNIT_EXTENDED_ACCESS = 0x0008;
/** Right to enroll. */
export const BIO_UNIT_ENROLL = 0x0010;
/** Right to delete templates. */
export const BIO_UNIT_DELETE_TEMPLATE = 0x0020;
/** Right to send vendor commands. */
export const BIO_UNIT_CONTROL_UNIT = 0x0040;
