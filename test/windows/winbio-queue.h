/* How calls take their turn, and how their outcomes come: one thread a handle. Part of winbio.c. */

/* --- results --------------------------------------------------------------------------------------------------------- */

/* What was asked for, in the result of an asynchronous call. */
static void echo(WINBIO_ASYNC_RESULT *result, const Call *call) {
  switch (call->operation) {
  case WINBIO_OPERATION_ENROLL_BEGIN:
    result->Parameters.EnrollBegin.SubFactor = call->subFactor;
    break;
  case WINBIO_OPERATION_ENROLL_SELECT:
    result->Parameters.EnrollSelect.SelectorValue = call->selector;
    break;
  case WINBIO_OPERATION_ENUM_ENROLLMENTS:
    result->Parameters.EnumEnrollments.Identity = call->identity;
    break;
  case WINBIO_OPERATION_DELETE_TEMPLATE:
    result->Parameters.DeleteTemplate.Identity = call->identity;
    result->Parameters.DeleteTemplate.SubFactor = call->subFactor;
    break;
  case WINBIO_OPERATION_GET_PROPERTY:
  case WINBIO_OPERATION_SET_PROPERTY: /* of the same fields */
    result->Parameters.GetProperty.PropertyType = call->propertyType;
    result->Parameters.GetProperty.PropertyId = call->propertyId;
    result->Parameters.GetProperty.Identity = call->identity;
    result->Parameters.GetProperty.SubFactor = call->subFactor;
    break;
  case WINBIO_OPERATION_CONTROL_UNIT:
  case WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED:
    result->Parameters.ControlUnit.Component = call->component;
    result->Parameters.ControlUnit.ControlCode = call->controlCode;
    result->Parameters.ControlUnit.SendBufferSize = call->sentSize;
    result->Parameters.ControlUnit.ReceiveBufferSize = call->receiveSize;
    break;
  }
}

/* Where a result points to what the call yields; NULL for results that do not. */
static void **pointerIn(WINBIO_ASYNC_RESULT *result, uint32_t operation) {
  switch (operation) {
  case WINBIO_OPERATION_CAPTURE_SAMPLE:
    return (void **)&result->Parameters.CaptureSample.Sample;
  case WINBIO_OPERATION_ENUM_ENROLLMENTS:
    return (void **)&result->Parameters.EnumEnrollments.SubFactorArray;
  case WINBIO_OPERATION_GET_PROPERTY:
  case WINBIO_OPERATION_SET_PROPERTY:
    return &result->Parameters.GetProperty.PropertyBuffer;
  case WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS:
  case WINBIO_OPERATION_ENUM_DATABASES:
  case WINBIO_OPERATION_ENUM_SERVICE_PROVIDERS:
    return (void **)&result->Parameters.EnumBiometricUnits.UnitSchemaArray;
  }
  return NULL;
}

static WINBIO_ASYNC_RESULT *resultFor(const Handle *handle, uint32_t operation, uint64_t sequence) {
  WINBIO_ASYNC_RESULT *result = calloc(1, sizeof *result);
  result->SessionHandle = handle->id;
  result->Operation = operation == FAKE_OPERATION_LOGON ? WINBIO_OPERATION_NONE : operation;
  result->SequenceNumber = sequence;
  result->TimeStamp = now();
  result->UserData = handle->userData;
  return result;
}

/* Puts what a result points to into one block with it. */
static WINBIO_ASYNC_RESULT *packed(WINBIO_ASYNC_RESULT *result, Call *call) {
  const int isControl = call->operation == WINBIO_OPERATION_CONTROL_UNIT ||
                        call->operation == WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED;
  if (call->operation == WINBIO_OPERATION_SET_PROPERTY) {
    memcpy(yield(call, call->sentSize), call->sent, call->sentSize);
    result->Parameters.SetProperty.PropertyBufferSize = call->sentSize;
  }
  if (isControl) {
    uint8_t *both = yield(call, call->sentSize + call->receiveSize);
    memcpy(both, call->sent, call->sentSize);
    memcpy(both + call->sentSize, call->receive, call->receiveSize);
  }
  if (call->extra == NULL) return result;
  result = realloc(result, sizeof *result + call->extraSize);
  uint8_t *after = (uint8_t *)(result + 1);
  memcpy(after, call->extra, call->extraSize);
  free(call->extra);
  call->extra = NULL;
  void **pointer = pointerIn(result, call->operation);
  if (pointer != NULL) *pointer = after;
  if (isControl) {
    result->Parameters.ControlUnit.SendBuffer = after;
    result->Parameters.ControlUnit.ReceiveBuffer = after + call->sentSize;
  }
  return result;
}

/* --- delivering, without the lock: a callback may free what it gets, and call us ------------------------------------- */

static void deliver(Handle *handle, WINBIO_ASYNC_RESULT *result) {
  const Handle to = *handle;
  handOut(result);
  UNLOCK();
#ifdef _WIN32
  if (to.method == WINBIO_ASYNC_NOTIFY_MESSAGE) {
    if (!PostMessageW(to.window, to.message, 0, (LPARAM)result)) WinBioFree(result);
  } else to.callback(result);
#else
  to.callback(result);
#endif
  LOCK();
}

/* The outcome of a function that takes a callback. */
static void callBack(const Call *call, WINBIO_ASYNC_RESULT *result) {
  void *context = call->context;
  const HRESULT status = result->ApiStatus;
  const WINBIO_UNIT_ID unit = result->UnitId;
  void *captured = handOut(call->extra);
  UNLOCK();
  switch (call->operation) {
  case WINBIO_OPERATION_CAPTURE_SAMPLE:
    ((PWINBIO_CAPTURE_CALLBACK)call->callback)(context, status, unit, captured,
                                               result->Parameters.CaptureSample.SampleSize,
                                               result->Parameters.CaptureSample.RejectDetail);
    break;
  case WINBIO_OPERATION_IDENTIFY:
    ((PWINBIO_IDENTIFY_CALLBACK)call->callback)(
        context, status, unit, status == S_OK ? &result->Parameters.Identify.Identity : NULL,
        result->Parameters.Identify.SubFactor, result->Parameters.Identify.RejectDetail);
    break;
  case WINBIO_OPERATION_VERIFY:
    ((PWINBIO_VERIFY_CALLBACK)call->callback)(context, status, unit, result->Parameters.Verify.Match,
                                              result->Parameters.Verify.RejectDetail);
    break;
  case WINBIO_OPERATION_LOCATE_SENSOR:
    ((PWINBIO_LOCATE_SENSOR_CALLBACK)call->callback)(context, status, unit);
    break;
  case WINBIO_OPERATION_ENROLL_CAPTURE:
    ((PWINBIO_ENROLL_CAPTURE_CALLBACK)call->callback)(context, status, result->Parameters.EnrollCapture.RejectDetail);
    break;
  case WINBIO_OPERATION_GET_EVENT:
    ((PWINBIO_EVENT_CALLBACK)call->callback)(context, status, NULL);
    break;
  }
  LOCK();
}

static void tellEvent(Handle *handle, const Touch *touch) {
  WINBIO_EVENT event = {.Type = handle->monitor};
  if (handle->monitor == WINBIO_EVENT_FP_UNCLAIMED) {
    event.Parameters.Unclaimed.UnitId = touch->unit;
    event.Parameters.Unclaimed.RejectDetail = touch->detail;
  } else {
    const Template *found = touch->detail == 0 ? findFinger(handle, touch->finger) : NULL;
    event.Parameters.UnclaimedIdentify.UnitId = touch->unit;
    event.Parameters.UnclaimedIdentify.RejectDetail = touch->detail;
    if (found != NULL) {
      event.Parameters.UnclaimedIdentify.Identity = found->identity;
      event.Parameters.UnclaimedIdentify.SubFactor = found->subFactor;
    }
  }
  if (handle->kind == ASYNCHRONOUS) {
    WINBIO_ASYNC_RESULT *result = resultFor(handle, WINBIO_OPERATION_GET_EVENT, handle->monitorSequence);
    result->UnitId = touch->unit;
    result->Parameters.GetEvent.Event = event;
    deliver(handle, result);
    return;
  }
  WINBIO_EVENT *block = handOut(malloc(sizeof *block));
  *block = event;
  const PWINBIO_EVENT_CALLBACK callback = handle->eventCallback;
  void *context = handle->eventContext;
  UNLOCK();
  callback(context, S_OK, block);
  LOCK();
}

/* --- one thread a handle --------------------------------------------------------------------------------------------- */

static void forget(Handle *handle) {
  for (int id = 1; id <= MAX_UNITS; id++) {
    if (units[id].owner == handle->id) units[id].owner = 0;
    if (units[id].locker == handle->id) units[id].locker = 0;
  }
  memset(handle, 0, sizeof *handle);
  WAKE();
}

static void freeCall(Call *call) {
  free((void *)call->sent);
  free(call->extra);
  free(call);
}

/* Performs a call and tells its outcome; 1 when it is the last of the handle. */
static int serveCall(Handle *handle, Call *call) {
  WINBIO_ASYNC_RESULT *result = resultFor(handle, call->operation, call->sequence);
  result->UnitId = call->isTold && handle->kind == FRAMEWORK ? call->unit : 0;
  if (call->operation == WINBIO_OPERATION_LOCK_UNIT || call->operation == WINBIO_OPERATION_UNLOCK_UNIT ||
      call->operation == WINBIO_OPERATION_ENROLL_BEGIN)
    result->UnitId = call->unit;
  echo(result, call);
  result->ApiStatus = perform(handle, call, result);
  if (handle->kind == SYNCHRONOUS) {
    handle->running = NULL;
    callBack(call, result);
    if (result->Operation == WINBIO_OPERATION_CAPTURE_SAMPLE) call->extra = NULL;
    free(result);
    return 0;
  }
  result = packed(result, call);
  const int isOpen = call->operation == WINBIO_OPERATION_OPEN || call->operation == WINBIO_OPERATION_OPEN_FRAMEWORK;
  const int isFailed = isOpen && result->ApiStatus != S_OK;
  const int isLast =
      isFailed || call->operation == WINBIO_OPERATION_CLOSE || call->operation == WINBIO_OPERATION_CLOSE_FRAMEWORK;
  if (isFailed) result->SessionHandle = 0;
  if (!isLast) {
    deliver(handle, result);
    return 0;
  }
  /* Its units are free once it is told. */
  Handle told = *handle;
  forget(handle);
  deliver(&told, result);
  return 1;
}

/* Tells what does not wait for its turn, while something else waits. */
static void tellBypassed(Handle *handle) {
  Call **at = &handle->first;
  if (handle->kind == SYNCHRONOUS) return;
  while (*at != NULL) {
    Call *call = *at;
    if (!call->isBypass) at = &call->next;
    else {
      *at = call->next;
      serveCall(handle, call);
      freeCall(call);
      at = &handle->first;
    }
  }
}

#ifdef _WIN32
static DWORD WINAPI serve(void *given) {
#else
static void *serve(void *given) {
#endif
  const WINBIO_SESSION_HANDLE id = (WINBIO_SESSION_HANDLE)(uintptr_t)given;
  LOCK();
  /* It may be closed by now, and its place another's. */
  Handle *handle = handleOf(id);
  while (handle != NULL && handle->id == id) {
    Touch touch;
    if (handle->first == NULL) {
      const int listens = handle->kind != FRAMEWORK && handle->monitor != 0 && waiting == 0;
      if (listens && takeTouch(handle, NULL, &touch)) {
        handle->delivering = 1;
        tellEvent(handle, &touch);
        if (handle->id == id) handle->delivering = 0;
        WAKE();
      } else WAIT();
      continue;
    }
    Call *call = handle->running = handle->first;
    handle->first = call->next;
    handle->delivering = 1;
    const int isLast = serveCall(handle, call);
    freeCall(call);
    if (isLast || handle->id != id) break;
    handle->running = NULL;
    handle->delivering = 0;
    WAKE();
  }
  UNLOCK();
  return 0;
}

static void start(const Handle *handle) {
#ifdef _WIN32
  CloseHandle(CreateThread(NULL, 0, serve, (void *)(uintptr_t)handle->id, 0, NULL));
#else
  pthread_t thread;
  pthread_create(&thread, NULL, serve, (void *)(uintptr_t)handle->id);
  pthread_detach(thread);
#endif
}

/* --- the queue ------------------------------------------------------------------------------------------------------- */

/* Puts a call at the end; it keeps what was sent. */
static Call *enqueue(Handle *handle, Call given) {
  Call *call = malloc(sizeof *call);
  Call **end = &handle->first;
  while (*end != NULL) end = &(*end)->next;
  *call = given;
  call->next = NULL;
  if (call->sequence == 0) call->sequence = ++handle->sequence;
  if (given.sent != NULL) {
    uint8_t *copy = malloc(given.sentSize > 0 ? given.sentSize : 1);
    memcpy(copy, given.sent, given.sentSize);
    call->sent = copy;
  }
  *end = call;
  WAKE();
  return call;
}

/* The last notice of a monitor. */
static void endMonitor(Handle *handle) {
  if (handle->monitor == 0) return;
  handle->monitor = 0;
  enqueue(handle, (Call){.operation = handle->kind == FRAMEWORK ? WINBIO_OPERATION_NONE : WINBIO_OPERATION_GET_EVENT,
                         .sequence = handle->monitorSequence,
                         .callback = (void *)handle->eventCallback,
                         .context = handle->eventContext,
                         .isTold = 1,
                         .told = WINBIO_E_CANCELED});
}

static void cancelAll(Handle *handle) {
  if (handle->running != NULL) handle->running->canceled = 1;
  for (Call *call = handle->first; call != NULL; call = call->next) call->canceled = 1;
  endMonitor(handle);
  WAKE();
}

/* --- asking ---------------------------------------------------------------------------------------------------------- */

/* What a call may be refused for, besides its handle. */
typedef struct {
  int input;       /* a pointer to what is read is missing */
  int output;      /* a pointer to what is filled is missing */
  HRESULT invalid; /* an argument is wrong */
} Checks;

/* What a synchronous call fills its parameters with. */
typedef struct {
  int isFilled;
  WINBIO_ASYNC_RESULT result;
  void *block; /* handed out */
} Answer;

/* Kinds of handles, as bits. */
enum { S = 1 << SYNCHRONOUS, A = 1 << ASYNCHRONOUS, F = 1 << FRAMEWORK };

static HRESULT checkHandle(WINBIO_SESSION_HANDLE id, int kinds, Handle **handle) {
  const HRESULT failed = failCall;
  failCall = S_OK;
  *handle = handleOf(id);
  if (failed != S_OK) return failed;
  if (*handle == NULL) return E_HANDLE;
  if ((kinds >> (*handle)->kind & 1) == 0) return WINBIO_E_INCORRECT_SESSION_TYPE;
  return (*handle)->closing ? WINBIO_E_SESSION_HANDLE_CLOSED : S_OK;
}

/* Asks for an operation: performs it here and now on a synchronous session, or else in its turn. */
static HRESULT ask(WINBIO_SESSION_HANDLE id, int kinds, Call given, Checks checks, Answer *answer) {
  Handle *handle;
  LOCK();
  HRESULT status = checkHandle(id, kinds, &handle);
  const int isHere = status == S_OK && handle->kind == SYNCHRONOUS;
  if (status == S_OK && (checks.input || (isHere && checks.output))) status = E_POINTER;
  if (status == S_OK) status = checks.invalid;
  if (status == S_OK) status = checkOwner(handle, &given);
  memset(answer, 0, sizeof *answer);
  answer->isFilled = isHere && !checks.output;
  if (status == S_OK && isHere) {
    if (handle->running != NULL || handle->first != NULL) status = WINBIO_E_SESSION_BUSY;
    else {
      given.sequence = ++handle->sequence;
      handle->running = &given;
      answer->result.UnitId = 0;
      status = perform(handle, &given, &answer->result);
      handle->running = NULL;
      answer->block = handOut(given.extra);
      WAKE();
    }
  } else if (status == S_OK) enqueue(handle, given);
  UNLOCK();
  return status;
}

/* Asks for an operation whose outcome a callback gets. */
static HRESULT askWithCallback(WINBIO_SESSION_HANDLE id, Call given, Checks checks, int needsRaw) {
  Handle *handle;
  LOCK();
  HRESULT status = checkHandle(id, S, &handle);
  if (status == S_OK && (checks.input || given.callback == NULL)) status = E_POINTER;
  if (status == S_OK) status = checks.invalid;
  if (status == S_OK) status = checkOwner(handle, &given);
  if (status == S_OK && needsRaw && !handle->raw) status = E_ACCESSDENIED;
  if (status == S_OK && (handle->running != NULL || handle->first != NULL || handle->monitor != 0))
    status = WINBIO_E_SESSION_BUSY;
  if (status == S_OK) enqueue(handle, given);
  UNLOCK();
  return status;
}

/* Starts a monitor; asynchronously its failure is told. */
static HRESULT askToMonitor(WINBIO_SESSION_HANDLE id, int kinds, Call given, HRESULT invalid) {
  Handle *handle;
  LOCK();
  HRESULT status = checkHandle(id, kinds, &handle);
  if (status == S_OK && handle->kind == SYNCHRONOUS && given.callback == NULL) status = E_POINTER;
  if (status == S_OK) status = invalid;
  if (status == S_OK) {
    given.sequence = ++handle->sequence;
    const HRESULT started = startMonitor(handle, &given);
    if (handle->kind == SYNCHRONOUS) status = started;
    else if (started != S_OK) {
      given.isTold = 1;
      given.told = started;
      enqueue(handle, given);
    }
  }
  UNLOCK();
  return status;
}
