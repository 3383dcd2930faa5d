/* Functions of winbio.h that take a handle, or open one. Part of winbio.c. */

/* --- opening and closing --------------------------------------------------------------------------------------------- */

/* Opens a handle: here and now, or in its thread. */
static HRESULT opening(Handle settings, int isLater, WINBIO_SESSION_HANDLE *opened) {
  LOCK();
  HRESULT status = failCall;
  failCall = S_OK;
  Handle *handle = NULL;
  for (int i = 0; handle == NULL && i < MAX_HANDLES; i++)
    if (handles[i].id == 0) handle = &handles[i];
  if (status == S_OK && handle == NULL) status = E_OUTOFMEMORY;
  if (status == S_OK) {
    *handle = settings;
    handle->id = ++lastHandle;
    Call call = {.operation = settings.kind == FRAMEWORK ? WINBIO_OPERATION_OPEN_FRAMEWORK : WINBIO_OPERATION_OPEN};
    if (isLater) enqueue(handle, call);
    else {
      WINBIO_ASYNC_RESULT result;
      handle->sequence = 1;
      status = perform(handle, &call, &result);
      if (status != S_OK) forget(handle);
      else *opened = handle->id;
    }
    if (status == S_OK) start(handle);
  }
  UNLOCK();
  return status;
}

static Handle session(Kind kind, uint32_t pool, uint32_t flags, const WINBIO_UNIT_ID *unitArray, size_t unitCount,
                      const GUID *database) {
  Handle settings = {.kind = kind,
                     .isPrivate = pool == WINBIO_POOL_PRIVATE,
                     .raw = (flags & WINBIO_FLAG_RAW) != 0,
                     .maintenance = (flags & WINBIO_FLAG_MAINTENANCE) != 0};
  if (!settings.isPrivate) return settings;
  settings.database = *database;
  for (size_t i = 0; i < unitCount; i++) settings.units |= 1u << (unitArray[i] > 31 ? 31 : unitArray[i]);
  return settings;
}

API HRESULT WINAPI WinBioOpenSession(uint32_t factor, uint32_t pool, uint32_t flags, WINBIO_UNIT_ID *unitArray,
                                     size_t unitCount, GUID *database, WINBIO_SESSION_HANDLE *opened) {
  if (opened == NULL) return E_POINTER;
  *opened = 0;
  const HRESULT status = checkOpen(factor, pool, flags, unitArray, unitCount, database);
  if (status != S_OK) return status;
  Handle settings = session(SYNCHRONOUS, pool, flags, unitArray, unitCount, database);
  settings.isUnserved = factor != WINBIO_TYPE_FINGERPRINT;
  return opening(settings, 0, opened);
}

API HRESULT WINAPI WinBioAsyncOpenSession(uint32_t factor, uint32_t pool, uint32_t flags, WINBIO_UNIT_ID *unitArray,
                                          size_t unitCount, GUID *database, uint32_t method, HWND window, UINT message,
                                          PWINBIO_ASYNC_COMPLETION_CALLBACK callback, void *userData,
                                          BOOL asynchronousOpen, WINBIO_SESSION_HANDLE *opened) {
  if (opened != NULL) *opened = 0;
  if (opened == NULL && !asynchronousOpen) return E_POINTER;
  HRESULT status = checkNotification(method, window, message, (const void *)callback);
  if (status == S_OK) status = checkOpen(factor, pool, flags, unitArray, unitCount, database);
  if (status != S_OK) return status;
  Handle settings = session(ASYNCHRONOUS, pool, flags, unitArray, unitCount, database);
  settings.method = method;
  settings.window = window;
  settings.message = message;
  settings.callback = callback;
  settings.userData = userData;
  settings.isUnserved = factor != WINBIO_TYPE_FINGERPRINT;
  return opening(settings, asynchronousOpen, opened);
}

API HRESULT WINAPI WinBioAsyncOpenFramework(uint32_t method, HWND window, UINT message,
                                            PWINBIO_ASYNC_COMPLETION_CALLBACK callback, void *userData,
                                            BOOL asynchronousOpen, WINBIO_FRAMEWORK_HANDLE *opened) {
  if (opened != NULL) *opened = 0;
  if (opened == NULL && !asynchronousOpen) return E_POINTER;
  const HRESULT status = checkNotification(method, window, message, (const void *)callback);
  if (status != S_OK) return status;
  const Handle settings = {.kind = FRAMEWORK,
                           .method = method,
                           .window = window,
                           .message = message,
                           .callback = callback,
                           .userData = userData};
  return opening(settings, asynchronousOpen, opened);
}

static HRESULT close(WINBIO_SESSION_HANDLE id, int kinds, uint32_t operation) {
  Handle *handle;
  LOCK();
  const HRESULT status = checkHandle(id, kinds, &handle);
  if (status == S_OK) {
    handle->closing = 1;
    cancelAll(handle);
    if (handle->kind != SYNCHRONOUS) enqueue(handle, (Call){.operation = operation});
    else {
      while (handle->running != NULL || handle->first != NULL || handle->delivering) WAIT();
      forget(handle);
    }
  }
  UNLOCK();
  return status;
}

API HRESULT WINAPI WinBioCloseSession(WINBIO_SESSION_HANDLE id) { return close(id, S | A, WINBIO_OPERATION_CLOSE); }

API HRESULT WINAPI WinBioCloseFramework(WINBIO_FRAMEWORK_HANDLE id) {
  return close(id, F, WINBIO_OPERATION_CLOSE_FRAMEWORK);
}

API HRESULT WINAPI WinBioCancel(WINBIO_SESSION_HANDLE id) {
  Handle *handle;
  LOCK();
  const HRESULT status = checkHandle(id, S | A | F, &handle);
  if (status == S_OK) {
    cancelAll(handle);
    if (handle->kind != SYNCHRONOUS)
      enqueue(handle, (Call){.operation = WINBIO_OPERATION_NONE, .isTold = 1, .told = S_OK});
  }
  UNLOCK();
  return status;
}

API HRESULT WINAPI WinBioWait(WINBIO_SESSION_HANDLE id) {
  Handle *handle;
  LOCK();
  const HRESULT status = checkHandle(id, S | A, &handle);
  if (status == S_OK)
    while (handle->id == id && (handle->running != NULL || handle->first != NULL || handle->delivering)) WAIT();
  UNLOCK();
  return status;
}

/* --- capture and matching -------------------------------------------------------------------------------------------- */

API HRESULT WINAPI WinBioCaptureSample(WINBIO_SESSION_HANDLE id, uint8_t purpose, uint8_t flags, WINBIO_UNIT_ID *unit,
                                       WINBIO_BIR **captured, size_t *size, WINBIO_REJECT_DETAIL *detail) {
  (void)purpose, (void)flags;
  Answer answer;
  const int output = isMissing(unit) || isMissing(captured) || isMissing(size) || isMissing(detail);
  const HRESULT status =
      ask(id, S | A, (Call){.operation = WINBIO_OPERATION_CAPTURE_SAMPLE}, (Checks){.output = output}, &answer);
  if (answer.isFilled) {
    *unit = answer.result.UnitId;
    *captured = answer.block;
    *size = answer.result.Parameters.CaptureSample.SampleSize;
    *detail = answer.result.Parameters.CaptureSample.RejectDetail;
  }
  return status;
}

API HRESULT WINAPI WinBioCaptureSampleWithCallback(WINBIO_SESSION_HANDLE id, uint8_t purpose, uint8_t flags,
                                                   PWINBIO_CAPTURE_CALLBACK callback, void *context) {
  (void)purpose, (void)flags;
  const Call call = {.operation = WINBIO_OPERATION_CAPTURE_SAMPLE, .callback = (void *)callback, .context = context};
  return askWithCallback(id, call, (Checks){0}, 1);
}

API HRESULT WINAPI WinBioIdentify(WINBIO_SESSION_HANDLE id, WINBIO_UNIT_ID *unit, WINBIO_IDENTITY *identity,
                                  WINBIO_BIOMETRIC_SUBTYPE *subFactor, WINBIO_REJECT_DETAIL *detail) {
  Answer answer;
  const int output = isMissing(unit) || isMissing(identity) || isMissing(subFactor) || isMissing(detail);
  const HRESULT status =
      ask(id, S | A, (Call){.operation = WINBIO_OPERATION_IDENTIFY}, (Checks){.output = output}, &answer);
  if (answer.isFilled) {
    *unit = answer.result.UnitId;
    *identity = answer.result.Parameters.Identify.Identity;
    *subFactor = answer.result.Parameters.Identify.SubFactor;
    *detail = answer.result.Parameters.Identify.RejectDetail;
  }
  return status;
}

API HRESULT WINAPI WinBioIdentifyWithCallback(WINBIO_SESSION_HANDLE id, PWINBIO_IDENTIFY_CALLBACK callback,
                                              void *context) {
  const Call call = {.operation = WINBIO_OPERATION_IDENTIFY, .callback = (void *)callback, .context = context};
  return askWithCallback(id, call, (Checks){0}, 0);
}

/* A call about an identity. */
static Call about(uint32_t operation, WINBIO_UNIT_ID unit, const WINBIO_IDENTITY *identity,
                  WINBIO_BIOMETRIC_SUBTYPE subFactor) {
  Call call = {.operation = operation, .unit = unit, .subFactor = subFactor, .hasIdentity = identity != NULL};
  if (identity != NULL) call.identity = *identity;
  return call;
}

API HRESULT WINAPI WinBioVerify(WINBIO_SESSION_HANDLE id, WINBIO_IDENTITY *identity, WINBIO_BIOMETRIC_SUBTYPE subFactor,
                                WINBIO_UNIT_ID *unit, BOOLEAN *match, WINBIO_REJECT_DETAIL *detail) {
  Answer answer;
  const Checks checks = {.input = isMissing(identity),
                         .output = isMissing(unit) || isMissing(match) || isMissing(detail),
                         .invalid = isFingerOrAny(subFactor)};
  const HRESULT status = ask(id, S | A, about(WINBIO_OPERATION_VERIFY, 0, identity, subFactor), checks, &answer);
  if (answer.isFilled) {
    *unit = answer.result.UnitId;
    *match = answer.result.Parameters.Verify.Match;
    *detail = answer.result.Parameters.Verify.RejectDetail;
  }
  return status;
}

API HRESULT WINAPI WinBioVerifyWithCallback(WINBIO_SESSION_HANDLE id, WINBIO_IDENTITY *identity,
                                            WINBIO_BIOMETRIC_SUBTYPE subFactor, PWINBIO_VERIFY_CALLBACK callback,
                                            void *context) {
  Call call = about(WINBIO_OPERATION_VERIFY, 0, identity, subFactor);
  call.callback = (void *)callback;
  call.context = context;
  return askWithCallback(id, call, (Checks){.input = isMissing(identity), .invalid = isFingerOrAny(subFactor)}, 0);
}

API HRESULT WINAPI WinBioLocateSensor(WINBIO_SESSION_HANDLE id, WINBIO_UNIT_ID *unit) {
  Answer answer;
  const HRESULT status =
      ask(id, S | A, (Call){.operation = WINBIO_OPERATION_LOCATE_SENSOR}, (Checks){.output = isMissing(unit)}, &answer);
  if (answer.isFilled) *unit = answer.result.UnitId;
  return status;
}

API HRESULT WINAPI WinBioLocateSensorWithCallback(WINBIO_SESSION_HANDLE id, PWINBIO_LOCATE_SENSOR_CALLBACK callback,
                                                  void *context) {
  const Call call = {.operation = WINBIO_OPERATION_LOCATE_SENSOR, .callback = (void *)callback, .context = context};
  return askWithCallback(id, call, (Checks){0}, 0);
}

/* --- enrollment ------------------------------------------------------------------------------------------------------ */

API HRESULT WINAPI WinBioEnrollBegin(WINBIO_SESSION_HANDLE id, WINBIO_BIOMETRIC_SUBTYPE subFactor, WINBIO_UNIT_ID unit) {
  Answer answer;
  const Call call = {.operation = WINBIO_OPERATION_ENROLL_BEGIN, .unit = unit, .subFactor = subFactor};
  return ask(id, S | A, call, (Checks){.invalid = unit == 0 ? E_INVALIDARG : isFinger(subFactor)}, &answer);
}

API HRESULT WINAPI WinBioEnrollSelect(WINBIO_SESSION_HANDLE id, uint64_t selector) {
  Answer answer;
  const Call call = {.operation = WINBIO_OPERATION_ENROLL_SELECT, .selector = selector};
  return ask(id, S | A, call, (Checks){.invalid = selector == 0 ? E_INVALIDARG : S_OK}, &answer);
}

API HRESULT WINAPI WinBioEnrollCapture(WINBIO_SESSION_HANDLE id, WINBIO_REJECT_DETAIL *detail) {
  Answer answer;
  const HRESULT status = ask(id, S | A, (Call){.operation = WINBIO_OPERATION_ENROLL_CAPTURE},
                             (Checks){.output = isMissing(detail)}, &answer);
  if (answer.isFilled) *detail = answer.result.Parameters.EnrollCapture.RejectDetail;
  return status;
}

API HRESULT WINAPI WinBioEnrollCaptureWithCallback(WINBIO_SESSION_HANDLE id, PWINBIO_ENROLL_CAPTURE_CALLBACK callback,
                                                   void *context) {
  const Call call = {.operation = WINBIO_OPERATION_ENROLL_CAPTURE, .callback = (void *)callback, .context = context};
  return askWithCallback(id, call, (Checks){0}, 0);
}

API HRESULT WINAPI WinBioEnrollCommit(WINBIO_SESSION_HANDLE id, WINBIO_IDENTITY *identity, BOOLEAN *isNew) {
  Answer answer;
  const HRESULT status = ask(id, S | A, (Call){.operation = WINBIO_OPERATION_ENROLL_COMMIT},
                             (Checks){.output = isMissing(identity) || isMissing(isNew)}, &answer);
  if (answer.isFilled) {
    *identity = answer.result.Parameters.EnrollCommit.Identity;
    *isNew = answer.result.Parameters.EnrollCommit.IsNewTemplate;
  }
  return status;
}

API HRESULT WINAPI WinBioEnrollDiscard(WINBIO_SESSION_HANDLE id) {
  Answer answer;
  return ask(id, S | A, (Call){.operation = WINBIO_OPERATION_ENROLL_DISCARD}, (Checks){0}, &answer);
}

/* --- templates and properties ---------------------------------------------------------------------------------------- */

API HRESULT WINAPI WinBioEnumEnrollments(WINBIO_SESSION_HANDLE id, WINBIO_UNIT_ID unit, WINBIO_IDENTITY *identity,
                                         WINBIO_BIOMETRIC_SUBTYPE **subFactors, size_t *count) {
  Answer answer;
  const Checks checks = {.input = isMissing(identity),
                         .output = isMissing(subFactors) || isMissing(count),
                         .invalid = unit == 0 ? E_INVALIDARG : S_OK};
  const HRESULT status = ask(id, S | A, about(WINBIO_OPERATION_ENUM_ENROLLMENTS, unit, identity, 0), checks, &answer);
  if (answer.isFilled) {
    *subFactors = answer.block;
    *count = answer.result.Parameters.EnumEnrollments.SubFactorCount;
  }
  return status;
}

API HRESULT WINAPI WinBioDeleteTemplate(WINBIO_SESSION_HANDLE id, WINBIO_UNIT_ID unit, WINBIO_IDENTITY *identity,
                                        WINBIO_BIOMETRIC_SUBTYPE subFactor) {
  Answer answer;
  const Checks checks = {.input = isMissing(identity), .invalid = unit == 0 ? E_INVALIDARG : isFingerOrAny(subFactor)};
  return ask(id, S | A, about(WINBIO_OPERATION_DELETE_TEMPLATE, unit, identity, subFactor), checks, &answer);
}

API HRESULT WINAPI WinBioGetProperty(WINBIO_SESSION_HANDLE id, uint32_t type, uint32_t propertyId, WINBIO_UNIT_ID unit,
                                     WINBIO_IDENTITY *identity, WINBIO_BIOMETRIC_SUBTYPE subFactor, void **buffer,
                                     size_t *size) {
  Answer answer;
  Call call = about(WINBIO_OPERATION_GET_PROPERTY, unit, identity, subFactor);
  call.propertyType = type;
  call.propertyId = propertyId;
  const Checks checks = {.output = isMissing(buffer) || isMissing(size),
                         .invalid = checkProperty(type, propertyId, unit, identity, subFactor)};
  const HRESULT status = ask(id, S | A, call, checks, &answer);
  if (answer.isFilled) {
    *buffer = answer.block;
    *size = answer.result.Parameters.GetProperty.PropertyBufferSize;
  }
  return status;
}

API HRESULT WINAPI WinBioSetProperty(WINBIO_SESSION_HANDLE id, uint32_t type, uint32_t propertyId, WINBIO_UNIT_ID unit,
                                     WINBIO_IDENTITY *identity, WINBIO_BIOMETRIC_SUBTYPE subFactor, void *buffer,
                                     size_t size) {
  Answer answer;
  Call call = about(WINBIO_OPERATION_SET_PROPERTY, unit, identity, subFactor);
  call.propertyType = type;
  call.propertyId = propertyId;
  call.sent = buffer;
  call.sentSize = size;
  HRESULT invalid = type == 0 || propertyId == 0 || size == 0 ? E_INVALIDARG : S_OK;
  if (invalid == S_OK && type != WINBIO_PROPERTY_TYPE_ACCOUNT)
    invalid = type == WINBIO_PROPERTY_TYPE_UNIT ? WINBIO_E_INVALID_PROPERTY_ID : WINBIO_E_INVALID_PROPERTY_TYPE;
  if (invalid == S_OK) invalid = checkProperty(type, propertyId, unit, identity, subFactor);
  if (invalid == S_OK && size != sizeof(WINBIO_ANTI_SPOOF_POLICY)) invalid = E_INVALIDARG;
  if (invalid == S_OK && buffer != NULL && ((WINBIO_ANTI_SPOOF_POLICY *)buffer)->Action > WINBIO_ANTI_SPOOF_REMOVE)
    invalid = E_INVALIDARG;
  return ask(id, S | A, call, (Checks){.input = isMissing(identity) || isMissing(buffer), .invalid = invalid}, &answer);
}

/* --- locks, commands, logon ------------------------------------------------------------------------------------------ */

API HRESULT WINAPI WinBioLockUnit(WINBIO_SESSION_HANDLE id, WINBIO_UNIT_ID unit) {
  Answer answer;
  const Call call = {.operation = WINBIO_OPERATION_LOCK_UNIT, .unit = unit};
  return ask(id, S | A, call, (Checks){.invalid = unit == 0 ? E_INVALIDARG : S_OK}, &answer);
}

API HRESULT WINAPI WinBioUnlockUnit(WINBIO_SESSION_HANDLE id, WINBIO_UNIT_ID unit) {
  Handle *handle;
  LOCK();
  HRESULT status = checkHandle(id, S | A, &handle);
  if (status == S_OK && unit == 0) status = E_INVALIDARG;
  if (status == S_OK) {
    const HRESULT unlocked = unlockUnit(handle, unit);
    if (handle->kind == SYNCHRONOUS) status = unlocked;
    else
      enqueue(handle, (Call){.operation = WINBIO_OPERATION_UNLOCK_UNIT,
                             .unit = unit,
                             .isTold = 1,
                             .isBypass = 1,
                             .told = unlocked});
  }
  UNLOCK();
  return status;
}

static HRESULT command(uint32_t operation, WINBIO_SESSION_HANDLE id, Call call, size_t *received, uint32_t *vendorStatus) {
  Answer answer;
  call.operation = operation;
  const int isComponent = call.component >= WINBIO_COMPONENT_SENSOR && call.component <= WINBIO_COMPONENT_STORAGE;
  const Checks checks = {.input = isMissing(call.sent) || isMissing(call.receive),
                         .output = isMissing(received) || isMissing(vendorStatus),
                         .invalid = call.unit == 0 || !isComponent ? E_INVALIDARG : S_OK};
  const HRESULT status = ask(id, S | A, call, checks, &answer);
  if (answer.isFilled) {
    *received = answer.result.Parameters.ControlUnit.ReceiveDataSize;
    *vendorStatus = answer.result.Parameters.ControlUnit.OperationStatus;
  }
  return status;
}

API HRESULT WINAPI WinBioControlUnit(WINBIO_SESSION_HANDLE id, WINBIO_UNIT_ID unit, uint32_t component,
                                     uint32_t controlCode, uint8_t *sent, size_t sentSize, uint8_t *receive,
                                     size_t receiveSize, size_t *received, uint32_t *vendorStatus) {
  const Call call = {.unit = unit,
                     .component = component,
                     .controlCode = controlCode,
                     .sent = sent,
                     .sentSize = sentSize,
                     .receive = receive,
                     .receiveSize = receiveSize};
  return command(WINBIO_OPERATION_CONTROL_UNIT, id, call, received, vendorStatus);
}

API HRESULT WINAPI WinBioControlUnitPrivileged(WINBIO_SESSION_HANDLE id, WINBIO_UNIT_ID unit, uint32_t component,
                                               uint32_t controlCode, uint8_t *sent, size_t sentSize, uint8_t *receive,
                                               size_t receiveSize, size_t *received, uint32_t *vendorStatus) {
  const Call call = {.unit = unit,
                     .component = component,
                     .controlCode = controlCode,
                     .sent = sent,
                     .sentSize = sentSize,
                     .receive = receive,
                     .receiveSize = receiveSize};
  return command(WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED, id, call, received, vendorStatus);
}

API HRESULT WINAPI WinBioLogonIdentifiedUser(WINBIO_SESSION_HANDLE id) {
  Answer answer;
  return ask(id, S | A, (Call){.operation = FAKE_OPERATION_LOGON}, (Checks){0}, &answer);
}

/* --- monitors -------------------------------------------------------------------------------------------------------- */

API HRESULT WINAPI WinBioRegisterEventMonitor(WINBIO_SESSION_HANDLE id, uint32_t mask, PWINBIO_EVENT_CALLBACK callback,
                                              void *context) {
  const int isLegal = mask == WINBIO_EVENT_FP_UNCLAIMED || mask == WINBIO_EVENT_FP_UNCLAIMED_IDENTIFY;
  const Call call = {
      .operation = WINBIO_OPERATION_GET_EVENT, .mask = mask, .callback = (void *)callback, .context = context};
  return askToMonitor(id, S | A, call, isLegal ? S_OK : E_INVALIDARG);
}

API HRESULT WINAPI WinBioUnregisterEventMonitor(WINBIO_SESSION_HANDLE id) {
  Handle *handle;
  LOCK();
  const HRESULT status = checkHandle(id, S | A, &handle);
  if (status == S_OK) {
    handle->monitor = 0;
    if (handle->kind != SYNCHRONOUS)
      enqueue(handle,
              (Call){.operation = WINBIO_OPERATION_GET_EVENT, .isTold = 1, .isBypass = 1, .told = S_OK});
    else
      while (handle->delivering && handle->running == NULL) WAIT();
  }
  UNLOCK();
  return status;
}

/* A reader of fingers sees nobody. */
API HRESULT WINAPI WinBioMonitorPresence(WINBIO_SESSION_HANDLE id, WINBIO_UNIT_ID unit) {
  const Call call = {.operation = WINBIO_OPERATION_MONITOR_PRESENCE, .unit = unit};
  return askToMonitor(id, A, call, unit == 0 ? E_INVALIDARG : S_OK);
}

API HRESULT WINAPI WinBioAsyncMonitorFrameworkChanges(WINBIO_FRAMEWORK_HANDLE id, uint32_t changes) {
  const uint32_t legal = WINBIO_FRAMEWORK_CHANGE_UNIT | WINBIO_FRAMEWORK_CHANGE_UNIT_STATUS;
  const Call call = {.operation = WINBIO_OPERATION_NONE, .mask = changes};
  return askToMonitor(id, F, call, changes == 0 || (changes & ~legal) != 0 ? E_INVALIDARG : S_OK);
}

/* --- lists ----------------------------------------------------------------------------------------------------------- */

static HRESULT askForList(WINBIO_FRAMEWORK_HANDLE id, uint32_t operation, uint32_t factor) {
  Answer answer;
  return ask(id, F, (Call){.operation = operation, .mask = factor}, (Checks){.invalid = checkFactors(factor)}, &answer);
}

API HRESULT WINAPI WinBioAsyncEnumBiometricUnits(WINBIO_FRAMEWORK_HANDLE id, uint32_t factor) {
  return askForList(id, WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS, factor);
}

API HRESULT WINAPI WinBioAsyncEnumDatabases(WINBIO_FRAMEWORK_HANDLE id, uint32_t factor) {
  return askForList(id, WINBIO_OPERATION_ENUM_DATABASES, factor);
}

API HRESULT WINAPI WinBioAsyncEnumServiceProviders(WINBIO_FRAMEWORK_HANDLE id, uint32_t factor) {
  return askForList(id, WINBIO_OPERATION_ENUM_SERVICE_PROVIDERS, factor);
}
