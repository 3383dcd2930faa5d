/* The world of the fake winbio.dll: units, templates, touches and handles, under one lock. Part of winbio.c. */

#include "winbio.h"
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
static SRWLOCK lock_ = SRWLOCK_INIT;
static CONDITION_VARIABLE changed_ = CONDITION_VARIABLE_INIT;
#define LOCK() AcquireSRWLockExclusive(&lock_)
#define UNLOCK() ReleaseSRWLockExclusive(&lock_)
#define WAIT() SleepConditionVariableSRW(&changed_, &lock_, INFINITE, 0)
#define WAKE() WakeAllConditionVariable(&changed_)
#else
#include <pthread.h>
static pthread_mutex_t lock_ = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed_ = PTHREAD_COND_INITIALIZER;
#define LOCK() pthread_mutex_lock(&lock_)
#define UNLOCK() pthread_mutex_unlock(&lock_)
#define WAIT() pthread_cond_wait(&changed_, &lock_)
#define WAKE() pthread_cond_broadcast(&changed_)
#endif

enum { STAGES = 4, MAX_UNITS = 4, MAX_HANDLES = 64, MAX_TOUCHES = 256, MAX_TEMPLATES = 64 };

typedef struct {
  int present;
  WINBIO_SESSION_HANDLE owner; /* session whose private pool it is in; 0 for the system pool */
} Unit;

typedef struct {
  int used;
  int isPrivate;
  GUID database;
  WINBIO_IDENTITY identity;
  WINBIO_BIOMETRIC_SUBTYPE subFactor;
  int finger;
} Template;

typedef struct {
  WINBIO_UNIT_ID unit;
  int finger;
  WINBIO_REJECT_DETAIL detail; /* of a touch that is of no use */
} Touch;

/* A call that waits for its turn. */
typedef struct Call {
  struct Call *next;
  uint32_t operation;
  uint64_t sequence;
  int canceled;
  WINBIO_UNIT_ID unit;
  WINBIO_IDENTITY identity;
  WINBIO_BIOMETRIC_SUBTYPE subFactor;
  uint32_t propertyId;
} Call;

typedef struct {
  WINBIO_SESSION_HANDLE id; /* 0: free */
  int isFramework, isPrivate, raw, opened, closing;
  WINBIO_UNIT_ID unit; /* of a private pool */
  GUID database;
  uint32_t method;
  HWND window;
  UINT message;
  PWINBIO_ASYNC_COMPLETION_CALLBACK callback;
  void *userData;
  uint64_t sequence;
  Call *first, *running;
  uint32_t monitor; /* mask of events, or of changes */
  WINBIO_UNIT_ID enrolling; /* unit of the enrollment; 0 for none */
  WINBIO_BIOMETRIC_SUBTYPE enrolledSubFactor;
  int enrolledFinger, enrolledTouches;
} Handle;

static Unit units[MAX_UNITS + 1]; /* by number, from 1 */
static Template templates[MAX_TEMPLATES];
static int capacity = MAX_TEMPLATES;
static Touch touches[MAX_TOUCHES];
static int touchCount, waiting;
static Handle handles[MAX_HANDLES];
static WINBIO_SESSION_HANDLE lastHandle;
static HRESULT failNext, failCall;
static int hanging, focus, outstanding;
static uint8_t *sample;
static size_t sampleSize;
static uint32_t lastGuid;

/* --- memory that the caller frees ------------------------------------------------------------------------------------ */

static void *allocate(size_t size) {
  outstanding++;
  return calloc(1, size);
}

API HRESULT WINAPI WinBioFree(void *address) {
  if (address == NULL) return S_OK;
  LOCK();
  outstanding--;
  UNLOCK();
  free(address);
  return S_OK;
}

/* --- small things ---------------------------------------------------------------------------------------------------- */

static Handle *handleOf(WINBIO_SESSION_HANDLE id) {
  for (int i = 0; id != 0 && i < MAX_HANDLES; i++)
    if (handles[i].id == id) return &handles[i];
  return NULL;
}

static void put(WINBIO_STRING text, const char *ascii) {
  for (int i = 0; ascii[i] != 0; i++) text[i] = (uint8_t)ascii[i];
}

static void describe(WINBIO_UNIT_SCHEMA *schema, WINBIO_UNIT_ID id) {
  schema->UnitId = id;
  schema->PoolType = units[id].owner != 0 ? WINBIO_POOL_PRIVATE : WINBIO_POOL_SYSTEM;
  schema->BiometricFactor = WINBIO_TYPE_FINGERPRINT;
  schema->SensorSubType = WINBIO_FP_SENSOR_SUBTYPE_TOUCH;
  schema->Capabilities = WINBIO_CAPABILITY_SENSOR | WINBIO_CAPABILITY_MATCHING | WINBIO_CAPABILITY_DATABASE;
  put(schema->DeviceInstanceId, "USB\\VID_F00D&PID_0001\\");
  schema->DeviceInstanceId[22] = (uint16_t)('0' + id);
  put(schema->Description, "Fake fingerprint reader");
  put(schema->Manufacturer, "Whorl tests");
  put(schema->Model, "Fake");
  put(schema->SerialNumber, "0");
  schema->SerialNumber[0] = (uint16_t)('0' + id);
  schema->FirmwareVersion.MajorVersion = 1;
  schema->FirmwareVersion.MinorVersion = 2;
}

/* S-1-5-21-1-2-3-1001: the account of whoever asks. */
static void account(WINBIO_IDENTITY *identity) {
  static const uint8_t sid[28] = {1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0xE9, 3, 0, 0};
  memset(identity, 0, sizeof *identity);
  identity->Type = WINBIO_ID_TYPE_SID;
  identity->Value.AccountSid.Size = sizeof sid;
  memcpy(identity->Value.AccountSid.Data, sid, sizeof sid);
}

static int same(const WINBIO_IDENTITY *one, const WINBIO_IDENTITY *other) {
  if (one->Type != other->Type) return 0;
  if (one->Type == WINBIO_ID_TYPE_GUID) return memcmp(&one->Value, &other->Value, sizeof(GUID)) == 0;
  const uint32_t size = one->Value.AccountSid.Size;
  return size == other->Value.AccountSid.Size &&
         memcmp(one->Value.AccountSid.Data, other->Value.AccountSid.Data, size) == 0;
}

static int inDatabase(const Handle *handle, const Template *each) {
  if (!each->used || each->isPrivate != handle->isPrivate) return 0;
  return !handle->isPrivate || memcmp(&each->database, &handle->database, sizeof(GUID)) == 0;
}

static Template *findFinger(const Handle *handle, int finger) {
  for (int i = 0; i < MAX_TEMPLATES; i++)
    if (inDatabase(handle, &templates[i]) && templates[i].finger == finger) return &templates[i];
  return NULL;
}

static Template *findOwner(const Handle *handle, const WINBIO_IDENTITY *identity, int subFactor, int after) {
  for (int i = after; i < MAX_TEMPLATES; i++)
    if (inDatabase(handle, &templates[i]) && same(&templates[i].identity, identity) &&
        (subFactor == WINBIO_SUBTYPE_ANY || templates[i].subFactor == subFactor))
      return &templates[i];
  return NULL;
}

/* --- touches --------------------------------------------------------------------------------------------------------- */

static int reaches(const Handle *handle, WINBIO_UNIT_ID unit) {
  if (handle->enrolling != 0) return unit == handle->enrolling;
  return handle->isPrivate ? unit == handle->unit : units[unit].owner == 0;
}

static int hasUnits(const Handle *handle) {
  for (WINBIO_UNIT_ID id = 1; id <= MAX_UNITS; id++)
    if (units[id].present && reaches(handle, id)) return 1;
  return 0;
}

/* Takes the first touch on a unit of the handle; 0 when there is none. */
static int takeTouch(const Handle *handle, Touch *taken) {
  for (int i = 0; i < touchCount; i++) {
    if (!reaches(handle, touches[i].unit)) continue;
    *taken = touches[i];
    memmove(&touches[i], &touches[i + 1], sizeof(Touch) * (size_t)(--touchCount - i));
    return 1;
  }
  return 0;
}

/* Waits for a touch. */
static HRESULT awaitTouch(const Handle *handle, const Call *call, Touch *touch) {
  HRESULT status = S_OK;
  waiting++;
  WAKE();
  for (;;) {
    if (call->canceled) status = WINBIO_E_CANCELED;
    else if (!hasUnits(handle)) status = WINBIO_E_SENSOR_UNAVAILABLE;
    else if (!takeTouch(handle, touch)) {
      WAIT();
      continue;
    }
    break;
  }
  waiting--;
  if (status == S_OK && touch->detail != 0) return WINBIO_E_BAD_CAPTURE;
  return status;
}
