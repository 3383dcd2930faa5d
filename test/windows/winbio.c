/*
 * A winbio.dll of ours, for tests: units, two kinds of pools, templates that are numbers of fingers, and results from threads
 * of its own, one a handle. Exported `Fake*` functions script it. Built by gcc as a shared library and by mingw as winbio.dll.
 */

#include "winbio-world.h"
#include "winbio-operations.h"

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

#include "winbio-script.h"
