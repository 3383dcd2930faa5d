/*
 * The part of winbio.h that the tests use, written from the public reference of the Windows Biometric Framework API
 * (learn.microsoft.com, "Biometric Structures", "Biometric Functions", "Client Application Constants"). It compiles with
 * gcc on Linux and with mingw for Windows, where structures of 64 bits are laid out alike.
 */

#ifndef WHORL_TEST_WINBIO_H
#define WHORL_TEST_WINBIO_H

#include <stddef.h>
#include <stdint.h>

#ifdef _WIN32
#include <windows.h>
#define API __declspec(dllexport)
#else
#define API __attribute__((visibility("default")))
#define CALLBACK
#define WINAPI
typedef int32_t HRESULT;
typedef int32_t BOOL;
typedef uint8_t BOOLEAN;
typedef void *HWND;
typedef uint32_t UINT;
typedef struct {
  uint32_t Data1;
  uint16_t Data2;
  uint16_t Data3;
  uint8_t Data4[8];
} GUID;
#endif

typedef uint32_t WINBIO_SESSION_HANDLE;
typedef uint32_t WINBIO_FRAMEWORK_HANDLE;
typedef uint32_t WINBIO_UNIT_ID;
typedef uint8_t WINBIO_BIOMETRIC_SUBTYPE;
typedef uint32_t WINBIO_REJECT_DETAIL;
typedef uint16_t WINBIO_STRING[256];

typedef struct {
  uint32_t MajorVersion;
  uint32_t MinorVersion;
} WINBIO_VERSION;

typedef struct {
  uint32_t Type;
  union {
    uint32_t Null;
    uint32_t Wildcard;
    GUID TemplateGuid;
    struct {
      uint32_t Size;
      uint8_t Data[68];
    } AccountSid;
    uint8_t SecureId[32];
  } Value;
} WINBIO_IDENTITY;

typedef struct {
  WINBIO_UNIT_ID UnitId;
  uint32_t PoolType;
  uint32_t BiometricFactor;
  uint32_t SensorSubType;
  uint32_t Capabilities;
  WINBIO_STRING DeviceInstanceId;
  WINBIO_STRING Description;
  WINBIO_STRING Manufacturer;
  WINBIO_STRING Model;
  WINBIO_STRING SerialNumber;
  WINBIO_VERSION FirmwareVersion;
} WINBIO_UNIT_SCHEMA;

typedef struct {
  uint32_t Size;
  uint32_t Offset;
} WINBIO_BIR_DATA;

typedef struct {
  WINBIO_BIR_DATA HeaderBlock;
  WINBIO_BIR_DATA StandardDataBlock;
  WINBIO_BIR_DATA VendorDataBlock;
  WINBIO_BIR_DATA SignatureBlock;
} WINBIO_BIR;

typedef struct {
  uint16_t Owner;
  uint16_t Type;
} WINBIO_REGISTERED_FORMAT;

typedef struct {
  uint16_t ValidFields;
  uint8_t HeaderVersion;
  uint8_t PatronHeaderVersion;
  uint8_t DataFlags;
  uint32_t Type;
  WINBIO_BIOMETRIC_SUBTYPE Subtype;
  uint8_t Purpose;
  int8_t DataQuality;
  int64_t CreationDate;
  struct {
    int64_t BeginDate;
    int64_t EndDate;
  } ValidityPeriod;
  WINBIO_REGISTERED_FORMAT BiometricDataFormat;
  WINBIO_REGISTERED_FORMAT ProductId;
} WINBIO_BIR_HEADER;

typedef struct {
  uint32_t Type;
  union {
    struct {
      WINBIO_UNIT_ID UnitId;
      WINBIO_REJECT_DETAIL RejectDetail;
    } Unclaimed;
    struct {
      WINBIO_UNIT_ID UnitId;
      WINBIO_IDENTITY Identity;
      WINBIO_BIOMETRIC_SUBTYPE SubFactor;
      WINBIO_REJECT_DETAIL RejectDetail;
    } UnclaimedIdentify;
    struct {
      HRESULT ErrorCode;
    } Error;
  } Parameters;
} WINBIO_EVENT;

typedef struct {
  uint32_t Version;
  WINBIO_IDENTITY Identity;
  GUID DatabaseId;
  uint64_t UserState;
  size_t PolicySize;
  uint8_t Policy[128];
} WINBIO_PROTECTION_POLICY;

typedef struct {
  WINBIO_SESSION_HANDLE SessionHandle;
  uint32_t Operation;
  uint64_t SequenceNumber;
  int64_t TimeStamp;
  HRESULT ApiStatus;
  WINBIO_UNIT_ID UnitId;
  void *UserData;
  union {
    struct {
      BOOLEAN Match;
      WINBIO_REJECT_DETAIL RejectDetail;
    } Verify;
    struct {
      WINBIO_IDENTITY Identity;
      WINBIO_BIOMETRIC_SUBTYPE SubFactor;
      WINBIO_REJECT_DETAIL RejectDetail;
    } Identify;
    struct {
      WINBIO_BIOMETRIC_SUBTYPE SubFactor;
    } EnrollBegin;
    struct {
      WINBIO_REJECT_DETAIL RejectDetail;
    } EnrollCapture;
    struct {
      WINBIO_IDENTITY Identity;
      BOOLEAN IsNewTemplate;
    } EnrollCommit;
    struct {
      WINBIO_IDENTITY Identity;
      size_t SubFactorCount;
      WINBIO_BIOMETRIC_SUBTYPE *SubFactorArray;
    } EnumEnrollments;
    struct {
      WINBIO_BIR *Sample;
      size_t SampleSize;
      WINBIO_REJECT_DETAIL RejectDetail;
    } CaptureSample;
    struct {
      WINBIO_IDENTITY Identity;
      WINBIO_BIOMETRIC_SUBTYPE SubFactor;
    } DeleteTemplate;
    struct {
      uint32_t PropertyType;
      uint32_t PropertyId;
      WINBIO_IDENTITY Identity;
      WINBIO_BIOMETRIC_SUBTYPE SubFactor;
      size_t PropertyBufferSize;
      void *PropertyBuffer;
    } GetProperty;
    struct {
      WINBIO_EVENT Event;
    } GetEvent;
    struct {
      size_t UnitCount;
      WINBIO_UNIT_SCHEMA *UnitSchemaArray;
    } EnumBiometricUnits;
    struct {
      WINBIO_IDENTITY Identity;
      WINBIO_PROTECTION_POLICY Policy;
    } GetProtectionPolicy;
  } Parameters;
} WINBIO_ASYNC_RESULT;

typedef void(CALLBACK *PWINBIO_ASYNC_COMPLETION_CALLBACK)(WINBIO_ASYNC_RESULT *);

enum {
  WINBIO_TYPE_FINGERPRINT = 0x8,
  WINBIO_POOL_SYSTEM = 1,
  WINBIO_POOL_PRIVATE = 2,
  WINBIO_FLAG_RAW = 1,
  WINBIO_ASYNC_NOTIFY_CALLBACK = 1,
  WINBIO_ASYNC_NOTIFY_MESSAGE = 2,
  WINBIO_ID_TYPE_NULL = 0,
  WINBIO_ID_TYPE_GUID = 2,
  WINBIO_ID_TYPE_SID = 3,
  WINBIO_SUBTYPE_ANY = 0xFF,
  WINBIO_FP_SENSOR_SUBTYPE_TOUCH = 2,
  WINBIO_CAPABILITY_SENSOR = 1,
  WINBIO_CAPABILITY_MATCHING = 2,
  WINBIO_CAPABILITY_DATABASE = 4,
  WINBIO_PROPERTY_TYPE_UNIT = 2,
  WINBIO_PROPERTY_SAMPLE_HINT = 1,
  WINBIO_EVENT_FP_UNCLAIMED = 1,
  WINBIO_FRAMEWORK_CHANGE_UNIT = 1,
  WINBIO_OPERATION_NONE = 0,
  WINBIO_OPERATION_OPEN = 1,
  WINBIO_OPERATION_CLOSE = 2,
  WINBIO_OPERATION_VERIFY = 3,
  WINBIO_OPERATION_IDENTIFY = 4,
  WINBIO_OPERATION_ENROLL_BEGIN = 6,
  WINBIO_OPERATION_ENROLL_CAPTURE = 7,
  WINBIO_OPERATION_ENROLL_COMMIT = 8,
  WINBIO_OPERATION_ENROLL_DISCARD = 9,
  WINBIO_OPERATION_ENUM_ENROLLMENTS = 10,
  WINBIO_OPERATION_DELETE_TEMPLATE = 11,
  WINBIO_OPERATION_CAPTURE_SAMPLE = 12,
  WINBIO_OPERATION_GET_PROPERTY = 13,
  WINBIO_OPERATION_GET_EVENT = 15,
  WINBIO_OPERATION_OPEN_FRAMEWORK = 20,
  WINBIO_OPERATION_CLOSE_FRAMEWORK = 21,
  WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS = 23,
  WINBIO_OPERATION_UNIT_ARRIVAL = 25,
  WINBIO_OPERATION_UNIT_REMOVAL = 26,
};

/* Values of winerror.h; cast because they do not fit a signed number of 32 bits. */
#ifndef _WIN32
#define S_OK ((HRESULT)0)
#define E_NOTIMPL ((HRESULT)0x80004001u)
#define E_ACCESSDENIED ((HRESULT)0x80070005u)
#define E_HANDLE ((HRESULT)0x80070006u)
#define E_INVALIDARG ((HRESULT)0x80070057u)
#endif
#ifndef WINBIO_E_UNKNOWN_ID
#define WINBIO_E_INVALID_UNIT ((HRESULT)0x80098002u)
#define WINBIO_E_UNKNOWN_ID ((HRESULT)0x80098003u)
#define WINBIO_E_CANCELED ((HRESULT)0x80098004u)
#define WINBIO_E_NO_MATCH ((HRESULT)0x80098005u)
#define WINBIO_E_ENROLLMENT_IN_PROGRESS ((HRESULT)0x80098007u)
#define WINBIO_E_BAD_CAPTURE ((HRESULT)0x80098008u)
#define WINBIO_E_DATABASE_CANT_FIND ((HRESULT)0x80098015u)
#define WINBIO_E_DATABASE_FULL ((HRESULT)0x80098018u)
#define WINBIO_E_DATABASE_NO_SUCH_RECORD ((HRESULT)0x8009801Bu)
#define WINBIO_E_DUPLICATE_ENROLLMENT ((HRESULT)0x8009801Cu)
#define WINBIO_E_DUPLICATE_TEMPLATE ((HRESULT)0x8009802Bu)
#define WINBIO_E_INVALID_OPERATION ((HRESULT)0x8009802Cu)
#define WINBIO_E_SESSION_BUSY ((HRESULT)0x8009802Du)
#define WINBIO_E_SENSOR_UNAVAILABLE ((HRESULT)0x80098034u)
#define WINBIO_E_UNSUPPORTED_PROPERTY ((HRESULT)0x8009803Cu)
#define WINBIO_E_SESSION_HANDLE_CLOSED ((HRESULT)0x8009803Fu)
#define WINBIO_I_MORE_DATA ((HRESULT)0x00090001)
#endif

#endif
