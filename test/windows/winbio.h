/*
 * The structures of winbio.h, written from the public reference of the Windows Biometric Framework API
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
typedef struct {
  int32_t left, top, right, bottom;
} RECT;
typedef struct {
  int32_t x, y;
} POINT;
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
  uint32_t BiometricFactor;
  GUID BspId;
  WINBIO_STRING Description;
  WINBIO_STRING Vendor;
  WINBIO_VERSION Version;
} WINBIO_BSP_SCHEMA;

typedef struct {
  uint32_t BiometricFactor;
  GUID DatabaseId;
  GUID DataFormat;
  uint32_t Attributes;
  WINBIO_STRING FilePath;
  WINBIO_STRING ConnectionString;
} WINBIO_STORAGE_SCHEMA;

typedef struct {
  uint32_t Factor;
  WINBIO_BIOMETRIC_SUBTYPE SubFactor;
  HRESULT Status;
  WINBIO_REJECT_DETAIL RejectDetail;
  WINBIO_IDENTITY Identity;
  uint64_t TrackingId;
  uint64_t Ticket;
  union {
    struct {
      RECT BoundingBox;
      int32_t Distance;
      struct {
        GUID AdapterId;
        uint32_t Data[78];
      } OpaqueEngineData;
    } FacialFeatures;
    struct {
      RECT EyeBoundingBox_1;
      RECT EyeBoundingBox_2;
      POINT PupilCenter_1;
      POINT PupilCenter_2;
      int32_t Distance;
    } Iris;
  } Properties;
  struct {
    uint32_t Size;
    uint8_t Data[32];
  } Authorization;
} WINBIO_PRESENCE;

typedef struct {
  uint32_t Availability;
  uint32_t ReasonCode;
} WINBIO_EXTENDED_UNIT_STATUS;

typedef struct {
  int32_t Action;
  int32_t Source;
} WINBIO_ANTI_SPOOF_POLICY;

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
      uint32_t PropertyType;
      uint32_t PropertyId;
      WINBIO_IDENTITY Identity;
      WINBIO_BIOMETRIC_SUBTYPE SubFactor;
      size_t PropertyBufferSize;
      void *PropertyBuffer;
    } SetProperty;
    struct {
      WINBIO_EVENT Event;
    } GetEvent;
    struct {
      uint32_t Component;
      uint32_t ControlCode;
      uint32_t OperationStatus;
      uint8_t *SendBuffer;
      size_t SendBufferSize;
      uint8_t *ReceiveBuffer;
      size_t ReceiveBufferSize;
      size_t ReceiveDataSize;
    } ControlUnit;
    struct {
      size_t BspCount;
      WINBIO_BSP_SCHEMA *BspSchemaArray;
    } EnumServiceProviders;
    struct {
      size_t StorageCount;
      WINBIO_STORAGE_SCHEMA *StorageSchemaArray;
    } EnumDatabases;
    struct {
      BOOLEAN Match;
      WINBIO_REJECT_DETAIL RejectDetail;
      uint64_t Ticket;
    } VerifyAndReleaseTicket;
    struct {
      WINBIO_IDENTITY Identity;
      WINBIO_BIOMETRIC_SUBTYPE SubFactor;
      WINBIO_REJECT_DETAIL RejectDetail;
      uint64_t Ticket;
    } IdentifyAndReleaseTicket;
    struct {
      uint64_t SelectorValue;
    } EnrollSelect;
    struct {
      uint32_t ChangeType;
      size_t PresenceCount;
      WINBIO_PRESENCE *PresenceArray;
    } MonitorPresence;
    struct {
      WINBIO_EXTENDED_UNIT_STATUS ExtendedStatus;
    } NotifyUnitStatusChange;
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
typedef void(CALLBACK *PWINBIO_CAPTURE_CALLBACK)(void *, HRESULT, WINBIO_UNIT_ID, WINBIO_BIR *, size_t,
                                                 WINBIO_REJECT_DETAIL);
typedef void(CALLBACK *PWINBIO_IDENTIFY_CALLBACK)(void *, HRESULT, WINBIO_UNIT_ID, WINBIO_IDENTITY *,
                                                  WINBIO_BIOMETRIC_SUBTYPE, WINBIO_REJECT_DETAIL);
typedef void(CALLBACK *PWINBIO_VERIFY_CALLBACK)(void *, HRESULT, WINBIO_UNIT_ID, BOOLEAN, WINBIO_REJECT_DETAIL);
typedef void(CALLBACK *PWINBIO_LOCATE_SENSOR_CALLBACK)(void *, HRESULT, WINBIO_UNIT_ID);
typedef void(CALLBACK *PWINBIO_ENROLL_CAPTURE_CALLBACK)(void *, HRESULT, WINBIO_REJECT_DETAIL);
typedef void(CALLBACK *PWINBIO_EVENT_CALLBACK)(void *, HRESULT, WINBIO_EVENT *);

#include "winbio-constants.h"

#endif
