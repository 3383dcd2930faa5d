/*
 * A winbio.dll of ours, for tests: units, two kinds of pools, templates that are numbers of fingers, and results from threads
 * of its own, one a handle. Exported `Fake*` functions script it. Built by gcc as a shared library and by mingw as winbio.dll.
 */

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

/* --- operations ------------------------------------------------------------------------------------------------------ */

static HRESULT open(Handle *handle) {
  if (handle->isFramework || !handle->isPrivate) return S_OK;
  if (handle->unit < 1 || handle->unit > MAX_UNITS) return WINBIO_E_INVALID_UNIT;
  if (handle->database.Data1 == 0xDEAD) return WINBIO_E_DATABASE_CANT_FIND;
  Unit *unit = &units[handle->unit];
  if (!unit->present || unit->owner != 0) return WINBIO_E_SENSOR_UNAVAILABLE;
  unit->owner = handle->id;
  return S_OK;
}

static HRESULT capture(Handle *handle, Call *call, WINBIO_ASYNC_RESULT **result) {
  Touch touch = {0};
  if (!handle->raw) return E_ACCESSDENIED;
  if (sample == NULL) return E_NOTIMPL;
  const HRESULT status = awaitTouch(handle, call, &touch);
  (*result)->UnitId = touch.unit;
  (*result)->Parameters.CaptureSample.RejectDetail = touch.detail;
  if (status != S_OK) return status;
  /* What a result points to lies in the same block. */
  WINBIO_ASYNC_RESULT *grown = realloc(*result, sizeof(WINBIO_ASYNC_RESULT) + sampleSize);
  *result = grown;
  memcpy(grown + 1, sample, sampleSize);
  grown->Parameters.CaptureSample.Sample = (WINBIO_BIR *)(grown + 1);
  grown->Parameters.CaptureSample.SampleSize = sampleSize;
  return S_OK;
}

static HRESULT identify(Handle *handle, Call *call, WINBIO_ASYNC_RESULT *result) {
  Touch touch = {0};
  const HRESULT status = awaitTouch(handle, call, &touch);
  result->UnitId = touch.unit;
  result->Parameters.Identify.RejectDetail = touch.detail;
  if (status != S_OK) return status;
  const Template *found = findFinger(handle, touch.finger);
  if (found == NULL) return WINBIO_E_UNKNOWN_ID;
  result->Parameters.Identify.Identity = found->identity;
  result->Parameters.Identify.SubFactor = found->subFactor;
  return S_OK;
}

static HRESULT verify(Handle *handle, Call *call, WINBIO_ASYNC_RESULT *result) {
  Touch touch = {0};
  const HRESULT status = awaitTouch(handle, call, &touch);
  result->UnitId = touch.unit;
  result->Parameters.Verify.RejectDetail = touch.detail;
  if (status != S_OK) return status;
  const Template *found = findFinger(handle, touch.finger);
  if (found == NULL || findOwner(handle, &call->identity, call->subFactor, 0) == NULL) return WINBIO_E_NO_MATCH;
  if (!same(&found->identity, &call->identity)) return WINBIO_E_NO_MATCH;
  if (call->subFactor != WINBIO_SUBTYPE_ANY && call->subFactor != found->subFactor) return WINBIO_E_NO_MATCH;
  result->Parameters.Verify.Match = 1;
  return S_OK;
}

static HRESULT enrollBegin(Handle *handle, Call *call, WINBIO_ASYNC_RESULT *result) {
  result->Parameters.EnrollBegin.SubFactor = call->subFactor;
  if (call->unit < 1 || call->unit > MAX_UNITS || !units[call->unit].present) return WINBIO_E_INVALID_UNIT;
  for (int i = 0; i < MAX_HANDLES; i++)
    if (handles[i].id != 0 && handles[i].enrolling == call->unit) return WINBIO_E_ENROLLMENT_IN_PROGRESS;
  handle->enrolling = call->unit;
  handle->enrolledSubFactor = call->subFactor;
  handle->enrolledTouches = 0;
  return S_OK;
}

static HRESULT enrollCapture(Handle *handle, Call *call, WINBIO_ASYNC_RESULT *result) {
  Touch touch = {0};
  if (handle->enrolling == 0) return WINBIO_E_INVALID_OPERATION;
  result->UnitId = handle->enrolling;
  const HRESULT status = awaitTouch(handle, call, &touch);
  result->Parameters.EnrollCapture.RejectDetail = touch.detail;
  if (status != S_OK) return status;
  handle->enrolledFinger = touch.finger;
  return ++handle->enrolledTouches < STAGES ? WINBIO_I_MORE_DATA : S_OK;
}

static HRESULT enrollCommit(Handle *handle, WINBIO_ASYNC_RESULT *result) {
  if (handle->enrolling == 0 || handle->enrolledTouches < STAGES) return WINBIO_E_INVALID_OPERATION;
  const Template *held = findFinger(handle, handle->enrolledFinger);
  WINBIO_IDENTITY *identity = &result->Parameters.EnrollCommit.Identity;
  if (held != NULL) {
    *identity = held->identity;
    if (!handle->isPrivate && held->subFactor != handle->enrolledSubFactor) return WINBIO_E_DUPLICATE_TEMPLATE;
    handle->enrolling = 0;
    return S_OK;
  }
  if (handle->isPrivate) {
    identity->Type = WINBIO_ID_TYPE_GUID;
    identity->Value.TemplateGuid.Data1 = ++lastGuid;
    identity->Value.TemplateGuid.Data4[0] = 0x80;
  } else {
    account(identity);
    if (findOwner(handle, identity, handle->enrolledSubFactor, 0) != NULL) return WINBIO_E_DUPLICATE_ENROLLMENT;
  }
  int count = 0, free = -1;
  for (int i = MAX_TEMPLATES - 1; i >= 0; i--) {
    count += templates[i].used;
    if (!templates[i].used) free = i;
  }
  if (free < 0 || count >= capacity) {
    memset(identity, 0, sizeof *identity);
    return WINBIO_E_DATABASE_FULL;
  }
  templates[free] = (Template){.used = 1,
                               .isPrivate = handle->isPrivate,
                               .database = handle->database,
                               .identity = *identity,
                               .subFactor = handle->enrolledSubFactor,
                               .finger = handle->enrolledFinger};
  result->Parameters.EnrollCommit.IsNewTemplate = 1;
  handle->enrolling = 0;
  return S_OK;
}

static HRESULT enumEnrollments(Handle *handle, Call *call, WINBIO_ASYNC_RESULT **result) {
  (*result)->Parameters.EnumEnrollments.Identity = call->identity;
  if (handle->enrolling != 0) return WINBIO_E_ENROLLMENT_IN_PROGRESS;
  uint8_t found[MAX_TEMPLATES];
  size_t count = 0;
  for (const Template *each = NULL;;) {
    each = findOwner(handle, &call->identity, WINBIO_SUBTYPE_ANY, each == NULL ? 0 : (int)(each - templates) + 1);
    if (each == NULL) break;
    found[count++] = each->subFactor;
  }
  if (count == 0) return WINBIO_E_UNKNOWN_ID;
  WINBIO_ASYNC_RESULT *grown = realloc(*result, sizeof(WINBIO_ASYNC_RESULT) + count);
  *result = grown;
  memcpy(grown + 1, found, count);
  grown->Parameters.EnumEnrollments.SubFactorCount = count;
  grown->Parameters.EnumEnrollments.SubFactorArray = (uint8_t *)(grown + 1);
  return S_OK;
}

static HRESULT deleteTemplate(Handle *handle, Call *call, WINBIO_ASYNC_RESULT *result) {
  result->Parameters.DeleteTemplate.Identity = call->identity;
  result->Parameters.DeleteTemplate.SubFactor = call->subFactor;
  if (handle->enrolling != 0) return WINBIO_E_ENROLLMENT_IN_PROGRESS;
  Template *found = findOwner(handle, &call->identity, call->subFactor, 0);
  if (found == NULL) return WINBIO_E_DATABASE_NO_SUCH_RECORD;
  for (; found != NULL; found = findOwner(handle, &call->identity, call->subFactor, 0)) found->used = 0;
  return S_OK;
}

static HRESULT getProperty(Call *call, WINBIO_ASYNC_RESULT **result) {
  if (call->propertyId != WINBIO_PROPERTY_SAMPLE_HINT) return WINBIO_E_UNSUPPORTED_PROPERTY;
  WINBIO_ASYNC_RESULT *grown = realloc(*result, sizeof(WINBIO_ASYNC_RESULT) + sizeof(uint32_t));
  *result = grown;
  *(uint32_t *)(grown + 1) = STAGES;
  grown->Parameters.GetProperty.PropertyBufferSize = sizeof(uint32_t);
  grown->Parameters.GetProperty.PropertyBuffer = grown + 1;
  return S_OK;
}

static HRESULT enumUnits(WINBIO_ASYNC_RESULT **result) {
  WINBIO_ASYNC_RESULT *grown =
      realloc(*result, sizeof(WINBIO_ASYNC_RESULT) + MAX_UNITS * sizeof(WINBIO_UNIT_SCHEMA));
  *result = grown;
  WINBIO_UNIT_SCHEMA *schemas = (WINBIO_UNIT_SCHEMA *)(grown + 1);
  memset(schemas, 0, MAX_UNITS * sizeof(WINBIO_UNIT_SCHEMA));
  size_t count = 0;
  for (WINBIO_UNIT_ID id = 1; id <= MAX_UNITS; id++)
    if (units[id].present) describe(&schemas[count++], id);
  grown->Parameters.EnumBiometricUnits.UnitCount = count;
  grown->Parameters.EnumBiometricUnits.UnitSchemaArray = schemas;
  return S_OK;
}

static HRESULT perform(Handle *handle, Call *call, WINBIO_ASYNC_RESULT **result) {
  switch (call->operation) {
  case WINBIO_OPERATION_NONE:
  case WINBIO_OPERATION_CLOSE:
  case WINBIO_OPERATION_CLOSE_FRAMEWORK:
  case WINBIO_OPERATION_UNIT_ARRIVAL:
  case WINBIO_OPERATION_UNIT_REMOVAL:
    return S_OK;
  }
  while (hanging) WAIT();
  if (call->canceled) return WINBIO_E_CANCELED;
  if (failNext != 0) {
    const HRESULT status = failNext;
    failNext = 0;
    return status;
  }
  switch (call->operation) {
  case WINBIO_OPERATION_OPEN:
  case WINBIO_OPERATION_OPEN_FRAMEWORK:
    return open(handle);
  case WINBIO_OPERATION_CAPTURE_SAMPLE:
    return capture(handle, call, result);
  case WINBIO_OPERATION_IDENTIFY:
    return identify(handle, call, *result);
  case WINBIO_OPERATION_VERIFY:
    return verify(handle, call, *result);
  case WINBIO_OPERATION_ENROLL_BEGIN:
    return enrollBegin(handle, call, *result);
  case WINBIO_OPERATION_ENROLL_CAPTURE:
    return enrollCapture(handle, call, *result);
  case WINBIO_OPERATION_ENROLL_COMMIT:
    return enrollCommit(handle, *result);
  case WINBIO_OPERATION_ENROLL_DISCARD:
    if (handle->enrolling == 0) return WINBIO_E_INVALID_OPERATION;
    handle->enrolling = 0;
    return S_OK;
  case WINBIO_OPERATION_ENUM_ENROLLMENTS:
    return enumEnrollments(handle, call, result);
  case WINBIO_OPERATION_DELETE_TEMPLATE:
    return deleteTemplate(handle, call, *result);
  case WINBIO_OPERATION_GET_PROPERTY:
    return getProperty(call, result);
  case WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS:
    return enumUnits(result);
  }
  return E_NOTIMPL;
}

/* --- one thread a handle --------------------------------------------------------------------------------------------- */

/* Hands a result over, without the lock: the callback may free it, and call us. */
static void deliver(const Handle *handle, WINBIO_ASYNC_RESULT *result) {
  const Handle to = *handle;
  UNLOCK();
#ifdef _WIN32
  if (to.method == WINBIO_ASYNC_NOTIFY_MESSAGE) PostMessageW(to.window, to.message, 0, (LPARAM)result);
  else to.callback(result);
#else
  to.callback(result);
#endif
  LOCK();
}

static WINBIO_ASYNC_RESULT *resultFor(const Handle *handle, uint32_t operation, uint64_t sequence) {
  WINBIO_ASYNC_RESULT *result = allocate(sizeof *result);
  result->SessionHandle = handle->id;
  result->Operation = operation;
  result->SequenceNumber = sequence;
  result->UserData = handle->userData;
  return result;
}

static void tellEvent(Handle *handle, const Touch *touch) {
  WINBIO_ASYNC_RESULT *result = resultFor(handle, WINBIO_OPERATION_GET_EVENT, ++handle->sequence);
  WINBIO_EVENT *event = &result->Parameters.GetEvent.Event;
  result->UnitId = touch->unit;
  event->Type = WINBIO_EVENT_FP_UNCLAIMED;
  event->Parameters.Unclaimed.UnitId = touch->unit;
  event->Parameters.Unclaimed.RejectDetail = touch->detail;
  deliver(handle, result);
}

static void forget(Handle *handle) {
  for (int id = 1; id <= MAX_UNITS; id++)
    if (units[id].owner == handle->id) units[id].owner = 0;
  memset(handle, 0, sizeof *handle);
  WAKE();
}

#ifdef _WIN32
static DWORD WINAPI serve(void *given) {
#else
static void *serve(void *given) {
#endif
  Handle *handle = given;
  LOCK();
  for (int ended = 0; !ended;) {
    Touch touch;
    if (handle->first == NULL) {
      const int listens = !handle->isFramework && handle->monitor != 0 && waiting == 0;
      if (listens && takeTouch(handle, &touch)) tellEvent(handle, &touch);
      else WAIT();
      continue;
    }
    Call *call = handle->running = handle->first;
    handle->first = call->next;
    WINBIO_ASYNC_RESULT *result = resultFor(handle, call->operation, call->sequence);
    result->UnitId = call->unit;
    result->ApiStatus = perform(handle, call, &result);
    const int isOpen = call->operation == WINBIO_OPERATION_OPEN || call->operation == WINBIO_OPERATION_OPEN_FRAMEWORK;
    const int isClose = call->operation == WINBIO_OPERATION_CLOSE || call->operation == WINBIO_OPERATION_CLOSE_FRAMEWORK;
    if (isOpen && result->ApiStatus != S_OK) result->SessionHandle = 0;
    ended = isClose || (isOpen && result->ApiStatus != S_OK);
    handle->running = NULL;
    free(call);
    if (ended) {
      /* Its units are free once it is told. */
      Handle told = *handle;
      forget(handle);
      deliver(&told, result);
    } else deliver(handle, result);
  }
  UNLOCK();
  return 0;
}

static void start(Handle *handle) {
#ifdef _WIN32
  CloseHandle(CreateThread(NULL, 0, serve, handle, 0, NULL));
#else
  pthread_t thread;
  pthread_create(&thread, NULL, serve, handle);
  pthread_detach(thread);
#endif
}

static Call *enqueue(Handle *handle, uint32_t operation) {
  Call *call = calloc(1, sizeof *call);
  Call **end = &handle->first;
  while (*end != NULL) end = &(*end)->next;
  *end = call;
  call->operation = operation;
  call->sequence = ++handle->sequence;
  WAKE();
  return call;
}

static void cancelAll(Handle *handle) {
  if (handle->running != NULL) handle->running->canceled = 1;
  for (Call *call = handle->first; call != NULL; call = call->next) call->canceled = 1;
  WAKE();
}

/* --- functions of winbio.h ------------------------------------------------------------------------------------------- */

static HRESULT opening(Handle settings, uint32_t operation) {
  if (settings.callback == NULL && settings.method == WINBIO_ASYNC_NOTIFY_CALLBACK) return E_INVALIDARG;
  HRESULT status = failCall;
  failCall = 0;
  for (int i = 0; status == S_OK && i < MAX_HANDLES; i++) {
    if (handles[i].id != 0) continue;
    handles[i] = settings;
    handles[i].id = ++lastHandle;
    enqueue(&handles[i], operation);
    start(&handles[i]);
    return S_OK;
  }
  return status == S_OK ? E_HANDLE : status;
}

API HRESULT WINAPI WinBioAsyncOpenSession(uint32_t factor, uint32_t pool, uint32_t flags, WINBIO_UNIT_ID *unitArray,
                                          size_t unitCount, GUID *database, uint32_t method, HWND window, UINT message,
                                          PWINBIO_ASYNC_COMPLETION_CALLBACK callback, void *userData,
                                          BOOL asynchronousOpen, WINBIO_SESSION_HANDLE *session) {
  const int isPrivate = pool == WINBIO_POOL_PRIVATE;
  if (session != NULL) *session = 0;
  if (factor != WINBIO_TYPE_FINGERPRINT || !asynchronousOpen) return E_INVALIDARG;
  if (isPrivate ? unitCount != 1 || (uintptr_t)database < 4096 : unitCount != 0 || (uintptr_t)database != 1)
    return E_INVALIDARG;
  Handle settings = {.isPrivate = isPrivate,
                     .raw = (flags & WINBIO_FLAG_RAW) != 0,
                     .unit = isPrivate ? unitArray[0] : 0,
                     .method = method,
                     .window = window,
                     .message = message,
                     .callback = callback,
                     .userData = userData};
  if (isPrivate) settings.database = *database;
  LOCK();
  const HRESULT status = opening(settings, WINBIO_OPERATION_OPEN);
  UNLOCK();
  return status;
}

API HRESULT WINAPI WinBioAsyncOpenFramework(uint32_t method, HWND window, UINT message,
                                            PWINBIO_ASYNC_COMPLETION_CALLBACK callback, void *userData,
                                            BOOL asynchronousOpen, WINBIO_FRAMEWORK_HANDLE *framework) {
  if (framework != NULL) *framework = 0;
  if (!asynchronousOpen) return E_INVALIDARG;
  LOCK();
  const HRESULT status = opening((Handle){.isFramework = 1,
                                          .method = method,
                                          .window = window,
                                          .message = message,
                                          .callback = callback,
                                          .userData = userData},
                                 WINBIO_OPERATION_OPEN_FRAMEWORK);
  UNLOCK();
  return status;
}

/* Queues a call at a handle. */
static HRESULT request(WINBIO_SESSION_HANDLE id, uint32_t operation, Call given) {
  LOCK();
  Handle *handle = handleOf(id);
  HRESULT status = failCall;
  failCall = 0;
  if (status == S_OK && handle == NULL) status = E_HANDLE;
  if (status == S_OK && handle->closing) status = WINBIO_E_SESSION_HANDLE_CLOSED;
  if (status == S_OK && !handle->isFramework && handle->monitor != 0) status = WINBIO_E_SESSION_BUSY;
  if (status == S_OK) {
    Call *call = enqueue(handle, operation);
    call->unit = given.unit;
    call->subFactor = given.subFactor;
    call->identity = given.identity;
    call->propertyId = given.propertyId;
  }
  UNLOCK();
  return status;
}

static HRESULT close(WINBIO_SESSION_HANDLE id, uint32_t operation) {
  LOCK();
  Handle *handle = handleOf(id);
  const HRESULT status = handle == NULL ? E_HANDLE : handle->closing ? WINBIO_E_SESSION_HANDLE_CLOSED : S_OK;
  if (status == S_OK) {
    handle->closing = 1;
    handle->monitor = 0;
    cancelAll(handle);
    enqueue(handle, operation);
  }
  UNLOCK();
  return status;
}

API HRESULT WINAPI WinBioCloseSession(WINBIO_SESSION_HANDLE id) { return close(id, WINBIO_OPERATION_CLOSE); }

API HRESULT WINAPI WinBioCloseFramework(WINBIO_FRAMEWORK_HANDLE id) {
  return close(id, WINBIO_OPERATION_CLOSE_FRAMEWORK);
}

API HRESULT WINAPI WinBioCancel(WINBIO_SESSION_HANDLE id) {
  LOCK();
  Handle *handle = handleOf(id);
  if (handle != NULL) {
    cancelAll(handle);
    enqueue(handle, WINBIO_OPERATION_NONE);
  }
  UNLOCK();
  return handle == NULL ? E_HANDLE : S_OK;
}

API HRESULT WINAPI WinBioAsyncEnumBiometricUnits(WINBIO_FRAMEWORK_HANDLE id, uint32_t factor) {
  if (factor != WINBIO_TYPE_FINGERPRINT) return E_INVALIDARG;
  return request(id, WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS, (Call){0});
}

static HRESULT monitor(WINBIO_SESSION_HANDLE id, uint32_t mask) {
  LOCK();
  Handle *handle = handleOf(id);
  if (handle != NULL) handle->monitor = mask;
  WAKE();
  UNLOCK();
  return handle == NULL ? E_HANDLE : S_OK;
}

API HRESULT WINAPI WinBioAsyncMonitorFrameworkChanges(WINBIO_FRAMEWORK_HANDLE id, uint32_t changes) {
  return monitor(id, changes);
}

API HRESULT WINAPI WinBioRegisterEventMonitor(WINBIO_SESSION_HANDLE id, uint32_t mask, void *callback, void *context) {
  (void)callback, (void)context;
  return monitor(id, mask);
}

API HRESULT WINAPI WinBioUnregisterEventMonitor(WINBIO_SESSION_HANDLE id) { return monitor(id, 0); }

API HRESULT WINAPI WinBioIdentify(WINBIO_SESSION_HANDLE id, WINBIO_UNIT_ID *unit, WINBIO_IDENTITY *identity,
                                  WINBIO_BIOMETRIC_SUBTYPE *subFactor, WINBIO_REJECT_DETAIL *detail) {
  (void)unit, (void)identity, (void)subFactor, (void)detail;
  return request(id, WINBIO_OPERATION_IDENTIFY, (Call){0});
}

API HRESULT WINAPI WinBioVerify(WINBIO_SESSION_HANDLE id, WINBIO_IDENTITY *identity, WINBIO_BIOMETRIC_SUBTYPE subFactor,
                                WINBIO_UNIT_ID *unit, BOOLEAN *match, WINBIO_REJECT_DETAIL *detail) {
  (void)unit, (void)match, (void)detail;
  return request(id, WINBIO_OPERATION_VERIFY, (Call){.identity = *identity, .subFactor = subFactor});
}

API HRESULT WINAPI WinBioEnrollBegin(WINBIO_SESSION_HANDLE id, WINBIO_BIOMETRIC_SUBTYPE subFactor, WINBIO_UNIT_ID unit) {
  if (subFactor == 0 || subFactor == WINBIO_SUBTYPE_ANY || unit == 0) return E_INVALIDARG;
  return request(id, WINBIO_OPERATION_ENROLL_BEGIN, (Call){.unit = unit, .subFactor = subFactor});
}

API HRESULT WINAPI WinBioEnrollCapture(WINBIO_SESSION_HANDLE id, WINBIO_REJECT_DETAIL *detail) {
  (void)detail;
  return request(id, WINBIO_OPERATION_ENROLL_CAPTURE, (Call){0});
}

API HRESULT WINAPI WinBioEnrollCommit(WINBIO_SESSION_HANDLE id, WINBIO_IDENTITY *identity, BOOLEAN *isNew) {
  (void)identity, (void)isNew;
  return request(id, WINBIO_OPERATION_ENROLL_COMMIT, (Call){0});
}

API HRESULT WINAPI WinBioEnrollDiscard(WINBIO_SESSION_HANDLE id) {
  return request(id, WINBIO_OPERATION_ENROLL_DISCARD, (Call){0});
}

API HRESULT WINAPI WinBioEnumEnrollments(WINBIO_SESSION_HANDLE id, WINBIO_UNIT_ID unit, WINBIO_IDENTITY *identity,
                                         WINBIO_BIOMETRIC_SUBTYPE **subFactors, size_t *count) {
  (void)subFactors, (void)count;
  return request(id, WINBIO_OPERATION_ENUM_ENROLLMENTS, (Call){.unit = unit, .identity = *identity});
}

API HRESULT WINAPI WinBioDeleteTemplate(WINBIO_SESSION_HANDLE id, WINBIO_UNIT_ID unit, WINBIO_IDENTITY *identity,
                                        WINBIO_BIOMETRIC_SUBTYPE subFactor) {
  return request(id, WINBIO_OPERATION_DELETE_TEMPLATE,
                 (Call){.unit = unit, .identity = *identity, .subFactor = subFactor});
}

API HRESULT WINAPI WinBioCaptureSample(WINBIO_SESSION_HANDLE id, uint8_t purpose, uint8_t flags, WINBIO_UNIT_ID *unit,
                                       WINBIO_BIR **captured, size_t *size, WINBIO_REJECT_DETAIL *detail) {
  (void)purpose, (void)flags, (void)unit, (void)captured, (void)size, (void)detail;
  return request(id, WINBIO_OPERATION_CAPTURE_SAMPLE, (Call){0});
}

API HRESULT WINAPI WinBioGetProperty(WINBIO_SESSION_HANDLE id, uint32_t type, uint32_t propertyId, WINBIO_UNIT_ID unit,
                                     WINBIO_IDENTITY *identity, WINBIO_BIOMETRIC_SUBTYPE subFactor, void **buffer,
                                     size_t *size) {
  (void)identity, (void)subFactor, (void)buffer, (void)size;
  if (type != WINBIO_PROPERTY_TYPE_UNIT) return E_INVALIDARG;
  return request(id, WINBIO_OPERATION_GET_PROPERTY, (Call){.unit = unit, .propertyId = propertyId});
}

API HRESULT WINAPI WinBioAcquireFocus(void) {
  LOCK();
  const HRESULT status = focus ? S_OK : E_ACCESSDENIED;
  UNLOCK();
  return status;
}

API HRESULT WINAPI WinBioReleaseFocus(void) { return S_OK; }

/* --- the script ------------------------------------------------------------------------------------------------------ */

/* A finger touches a unit as soon as somebody waits for one; with a detail, badly. */
API void WINAPI FakeTouch(WINBIO_UNIT_ID unit, int finger, WINBIO_REJECT_DETAIL detail) {
  LOCK();
  if (touchCount < MAX_TOUCHES) touches[touchCount++] = (Touch){.unit = unit, .finger = finger, .detail = detail};
  WAKE();
  UNLOCK();
}

/* A unit is plugged in, or pulled out. */
API void WINAPI FakePlug(WINBIO_UNIT_ID id, int present) {
  LOCK();
  units[id].present = present;
  if (!present) units[id].owner = 0;
  for (int i = 0; i < MAX_HANDLES; i++)
    if (handles[i].id != 0 && handles[i].isFramework && (handles[i].monitor & WINBIO_FRAMEWORK_CHANGE_UNIT) != 0)
      enqueue(&handles[i], present ? WINBIO_OPERATION_UNIT_ARRIVAL : WINBIO_OPERATION_UNIT_REMOVAL)->unit = id;
  WAKE();
  UNLOCK();
}

/* The next operation ends with this; with `atCall` the next call returns it. */
API void WINAPI FakeFailNext(HRESULT status, int atCall) {
  LOCK();
  if (atCall) failCall = status;
  else failNext = status;
  UNLOCK();
}

/* Operations do not end, canceled or not, while it hangs. */
API void WINAPI FakeHang(int hangs) {
  LOCK();
  hanging = hangs;
  WAKE();
  UNLOCK();
}

/* What is captured from now on. */
API void WINAPI FakeSample(const uint8_t *bytes, size_t size) {
  LOCK();
  free(sample);
  sample = malloc(size);
  memcpy(sample, bytes, size);
  sampleSize = size;
  UNLOCK();
}

/* Most templates there may be, and whether the focus is given to who asks. */
API void WINAPI FakeSettings(int mostTemplates, int givesFocus) {
  LOCK();
  capacity = mostTemplates;
  focus = givesFocus;
  UNLOCK();
}

/* 0: blocks that were not freed. 1: handles that are open. 2: operations that wait for a finger. 3: templates. 4: touches. */
API int WINAPI FakeCount(int what) {
  LOCK();
  int counted[5] = {outstanding, 0, waiting, 0, touchCount};
  for (int i = 0; i < MAX_HANDLES; i++) counted[1] += handles[i].id != 0;
  for (int i = 0; i < MAX_TEMPLATES; i++) counted[3] += templates[i].used;
  UNLOCK();
  return counted[what];
}

/* Forgets templates, touches and settings; handles and units stay. */
API void WINAPI FakeReset(void) {
  LOCK();
  memset(templates, 0, sizeof templates);
  touchCount = hanging = focus = 0;
  failNext = failCall = S_OK;
  capacity = MAX_TEMPLATES;
  free(sample);
  sample = NULL;
  UNLOCK();
}
