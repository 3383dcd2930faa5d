/* The world of the fake winbio.dll: units, templates, touches and handles, under one lock. Part of winbio.c. */

#include "winbio.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

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
  WINBIO_SESSION_HANDLE owner;  /* session whose private pool it is in; 0 for the system pool */
  WINBIO_SESSION_HANDLE locker; /* session that has locked it; 0 for none */
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

/* A call: what was asked for, and what it yields besides the result. */
typedef struct Call {
  struct Call *next;
  uint32_t operation;
  uint64_t sequence;
  int canceled;
  int isTold; /* it has ended already, with `told`: its notice is all that is left */
  int isBypass; /* its notice does not wait for what was asked for before */
  HRESULT told;
  void *callback; /* of a function that takes one */
  void *context;
  WINBIO_UNIT_ID unit;
  int hasIdentity;
  WINBIO_IDENTITY identity;
  WINBIO_BIOMETRIC_SUBTYPE subFactor;
  uint64_t selector;
  uint32_t mask;
  uint32_t propertyType, propertyId;
  uint32_t component, controlCode;
  const uint8_t *sent; /* as given, until the call has returned; then a copy */
  size_t sentSize;
  uint8_t *receive;
  size_t receiveSize;
  uint8_t *extra; /* what the result points to */
  size_t extraSize;
} Call;

typedef enum { SYNCHRONOUS, ASYNCHRONOUS, FRAMEWORK } Kind;

typedef struct {
  WINBIO_SESSION_HANDLE id; /* 0: free */
  Kind kind;
  int isPrivate, raw, maintenance, closing, delivering;
  int isUnserved; /* nobody serves its factor */
  uint32_t units; /* of a private pool: bit n is unit n */
  GUID database;
  uint32_t method;
  HWND window;
  UINT message;
  PWINBIO_ASYNC_COMPLETION_CALLBACK callback;
  void *userData;
  uint64_t sequence;
  Call *first, *running;
  uint32_t monitor; /* mask of events, or of changes */
  uint64_t monitorSequence;
  PWINBIO_EVENT_CALLBACK eventCallback;
  void *eventContext;
  WINBIO_UNIT_ID enrolling; /* unit of the enrollment; 0 for none */
  WINBIO_BIOMETRIC_SUBTYPE enrolledSubFactor;
  int enrolledFinger, enrolledTouches;
  HRESULT enrolledStatus; /* of the last sample */
  WINBIO_REJECT_DETAIL enrolledDetail;
  int identified; /* somebody was, and has not been logged on */
} Handle;

static Unit units[MAX_UNITS + 1] = {[1] = {.present = 1}}; /* by number, from 1; the first is plugged in */
static Template templates[MAX_TEMPLATES];
static int capacity = MAX_TEMPLATES;
static Touch touches[MAX_TOUCHES];
static int touchCount, waiting;
static Handle handles[MAX_HANDLES];
static WINBIO_SESSION_HANDLE lastHandle;
static HRESULT failNext, failCall;
static int hanging, focus, administrator = 1;
static uint8_t *sample;
static size_t sampleSize;
static uint32_t lastGuid;
static WINBIO_ANTI_SPOOF_POLICY antiSpoof = {.Action = 1, .Source = WINBIO_POLICY_DEFAULT};

/* --- blocks, which the caller frees ---------------------------------------------------------------------------------- */

typedef struct Block {
  struct Block *next;
  void *address;
} Block;
static Block *blocks;
static int outstanding;

/* Memory that is handed out from now on. */
static void *handOut(void *address) {
  if (address == NULL) return NULL;
  Block *block = malloc(sizeof *block);
  *block = (Block){.next = blocks, .address = address};
  blocks = block;
  outstanding++;
  return address;
}

API HRESULT WINAPI WinBioFree(void *address) {
  if (address == NULL) return E_POINTER;
  LOCK();
  Block **at = &blocks;
  while (*at != NULL && (*at)->address != address) at = &(*at)->next;
  Block *found = *at;
  if (found != NULL) {
    *at = found->next;
    outstanding--;
  }
  UNLOCK();
  if (found == NULL) return E_INVALIDARG;
  free(found);
  free(address);
  return S_OK;
}

/* --- small things ---------------------------------------------------------------------------------------------------- */

static Handle *handleOf(WINBIO_SESSION_HANDLE id) {
  for (int i = 0; id != 0 && i < MAX_HANDLES; i++)
    if (handles[i].id == id) return &handles[i];
  return NULL;
}

/* 100 nanoseconds since 1601. */
static int64_t now(void) {
#ifdef _WIN32
  FILETIME at;
  GetSystemTimeAsFileTime(&at);
  return (int64_t)at.dwHighDateTime << 32 | at.dwLowDateTime;
#else
  struct timespec at;
  clock_gettime(CLOCK_REALTIME, &at);
  return ((int64_t)at.tv_sec + 11644473600) * 10000000 + at.tv_nsec / 100;
#endif
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

/* The account of whoever asks: S-1-5-21-1-2-3-1001 unless the script says otherwise. */
#define OWN_SID {1, 5, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0xE9, 3, 0, 0}
static uint8_t ownSid[68] = OWN_SID;

static void account(WINBIO_IDENTITY *identity) {
  memset(identity, 0, sizeof *identity);
  identity->Type = WINBIO_ID_TYPE_SID;
  identity->Value.AccountSid.Size = 8 + 4 * (uint32_t)ownSid[1];
  memcpy(identity->Value.AccountSid.Data, ownSid, sizeof ownSid);
}

static int same(const WINBIO_IDENTITY *one, const WINBIO_IDENTITY *other) {
  if (one->Type != other->Type) return 0;
  if (one->Type == WINBIO_ID_TYPE_GUID) return memcmp(&one->Value, &other->Value, sizeof(GUID)) == 0;
  const uint32_t size = one->Value.AccountSid.Size;
  return size == other->Value.AccountSid.Size &&
         memcmp(one->Value.AccountSid.Data, other->Value.AccountSid.Data, size) == 0;
}

static int isOwn(const WINBIO_IDENTITY *identity) {
  WINBIO_IDENTITY own;
  account(&own);
  return same(&own, identity);
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

/* The wildcard is everybody. */
static Template *findOwner(const Handle *handle, const WINBIO_IDENTITY *identity, int subFactor, int after) {
  for (int i = after; i < MAX_TEMPLATES; i++)
    if (inDatabase(handle, &templates[i]) &&
        (identity->Type == WINBIO_ID_TYPE_WILDCARD || same(&templates[i].identity, identity)) &&
        (subFactor == WINBIO_SUBTYPE_ANY || templates[i].subFactor == subFactor))
      return &templates[i];
  return NULL;
}

/* --- who may use which unit ------------------------------------------------------------------------------------------ */

static Handle *enrollingAt(WINBIO_UNIT_ID unit) {
  for (int i = 0; i < MAX_HANDLES; i++)
    if (handles[i].id != 0 && handles[i].enrolling == unit) return &handles[i];
  return NULL;
}

static int inPool(const Handle *handle, WINBIO_UNIT_ID unit) {
  return handle->isPrivate ? (handle->units >> unit & 1) != 0 : units[unit].owner == 0;
}

static int isLockedForOthers(const Handle *handle, WINBIO_UNIT_ID unit) {
  return units[unit].locker != 0 && units[unit].locker != handle->id;
}

/* What a call that names a unit is refused for: there is none, it is in another pool, it is locked. */
static HRESULT checkUnit(const Handle *handle, WINBIO_UNIT_ID unit) {
  if (unit < 1 || unit > MAX_UNITS || !units[unit].present) return WINBIO_E_INVALID_UNIT;
  if (!inPool(handle, unit)) return WINBIO_E_INCORRECT_SENSOR_POOL;
  return isLockedForOthers(handle, unit) ? WINBIO_E_LOCK_VIOLATION : S_OK;
}

/* Touches at a unit come to a handle if nobody else has it. An enrollment takes all of its unit. */
static int reaches(const Handle *handle, const Call *call, WINBIO_UNIT_ID unit) {
  if (isLockedForOthers(handle, unit)) return 0;
  if (call != NULL && call->operation == WINBIO_OPERATION_ENROLL_CAPTURE) return unit == handle->enrolling;
  const Handle *enrolling = enrollingAt(unit);
  if (enrolling != NULL && enrolling->running != NULL &&
      enrolling->running->operation == WINBIO_OPERATION_ENROLL_CAPTURE)
    return 0;
  return inPool(handle, unit);
}

static int hasUnits(const Handle *handle, const Call *call) {
  const int isEnrolling = call->operation == WINBIO_OPERATION_ENROLL_CAPTURE;
  for (WINBIO_UNIT_ID id = 1; id <= MAX_UNITS; id++)
    if (units[id].present && (isEnrolling ? id == handle->enrolling : inPool(handle, id))) return 1;
  return 0;
}

/* Takes the first touch on a unit of the handle; 0 when there is none. */
static int takeTouch(const Handle *handle, const Call *call, Touch *taken) {
  for (int i = 0; i < touchCount; i++) {
    if (!reaches(handle, call, touches[i].unit)) continue;
    *taken = touches[i];
    memmove(&touches[i], &touches[i + 1], sizeof(Touch) * (size_t)(--touchCount - i));
    return 1;
  }
  return 0;
}
