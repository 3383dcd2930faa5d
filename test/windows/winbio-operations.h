/* What each operation of the fake winbio.dll does; called with the lock held. Part of winbio.c. */

static void tellBypassed(Handle *handle);

/* Memory that the result points to. */
static void *yield(Call *call, size_t size) {
  call->extra = calloc(1, size > 0 ? size : 1);
  call->extraSize = size;
  return call->extra;
}

/* Waits for a touch. */
static HRESULT awaitTouch(Handle *handle, Call *call, Touch *touch) {
  HRESULT status = S_OK;
  waiting++;
  WAKE();
  for (;;) {
    tellBypassed(handle);
    if (call->canceled) status = WINBIO_E_CANCELED;
    else if (!hasUnits(handle, call)) status = WINBIO_E_SENSOR_UNAVAILABLE;
    else if (!takeTouch(handle, call, touch)) {
      WAIT();
      continue;
    }
    break;
  }
  waiting--;
  if (status != S_OK) return status;
  const int isEnrolling = call->operation == WINBIO_OPERATION_ENROLL_CAPTURE;
  if (!isEnrolling && !handle->isPrivate && enrollingAt(touch->unit) != NULL) return WINBIO_E_ENROLLMENT_IN_PROGRESS;
  return touch->detail != 0 ? WINBIO_E_BAD_CAPTURE : S_OK;
}

static HRESULT open(Handle *handle) {
  if (!administrator && (handle->raw || handle->maintenance)) return E_ACCESSDENIED;
  if (handle->isUnserved) return WINBIO_E_UNSUPPORTED_FACTOR;
  if (handle->kind == FRAMEWORK || !handle->isPrivate) return S_OK;
  for (WINBIO_UNIT_ID id = 0; id < 32; id++)
    if ((handle->units >> id & 1) != 0 && (id < 1 || id > MAX_UNITS)) return WINBIO_E_INVALID_UNIT;
  if (handle->database.Data1 == 0xDEAD || handle->database.Data1 == 0x7A5C3E91) return WINBIO_E_DATABASE_CANT_FIND;
  for (WINBIO_UNIT_ID id = 1; id <= MAX_UNITS; id++)
    if ((handle->units >> id & 1) != 0 && (!units[id].present || units[id].owner != 0))
      return WINBIO_E_SENSOR_UNAVAILABLE;
  for (WINBIO_UNIT_ID id = 1; id <= MAX_UNITS; id++)
    if ((handle->units >> id & 1) != 0) units[id].owner = handle->id;
  return S_OK;
}

static HRESULT capture(Handle *handle, Call *call, WINBIO_ASYNC_RESULT *result) {
  Touch touch = {0};
  if (!handle->raw) return E_ACCESSDENIED;
  if (sample == NULL) return E_NOTIMPL;
  const HRESULT status = awaitTouch(handle, call, &touch);
  result->UnitId = touch.unit;
  result->Parameters.CaptureSample.RejectDetail = touch.detail;
  if (status != S_OK) return status;
  memcpy(yield(call, sampleSize), sample, sampleSize);
  result->Parameters.CaptureSample.SampleSize = sampleSize;
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
  handle->identified = 1;
  return S_OK;
}

static HRESULT verify(Handle *handle, Call *call, WINBIO_ASYNC_RESULT *result) {
  Touch touch = {0};
  const HRESULT status = awaitTouch(handle, call, &touch);
  result->UnitId = touch.unit;
  result->Parameters.Verify.RejectDetail = touch.detail;
  if (status != S_OK) return status;
  const Template *found = findFinger(handle, touch.finger);
  if (found == NULL || !same(&found->identity, &call->identity)) return WINBIO_E_NO_MATCH;
  if (call->subFactor != WINBIO_SUBTYPE_ANY && call->subFactor != found->subFactor) return WINBIO_E_NO_MATCH;
  result->Parameters.Verify.Match = 1;
  return S_OK;
}

/* A bad touch locates as well. */
static HRESULT locate(Handle *handle, Call *call, WINBIO_ASYNC_RESULT *result) {
  Touch touch = {0};
  const HRESULT status = awaitTouch(handle, call, &touch);
  result->UnitId = touch.unit;
  return status == WINBIO_E_BAD_CAPTURE ? S_OK : status;
}

static HRESULT enrollBegin(Handle *handle, Call *call) {
  const HRESULT status = checkUnit(handle, call->unit);
  if (status != S_OK) return status;
  if (handle->enrolling != 0 || enrollingAt(call->unit) != NULL) return WINBIO_E_ENROLLMENT_IN_PROGRESS;
  handle->enrolling = call->unit;
  handle->enrolledSubFactor = call->subFactor;
  handle->enrolledTouches = 0;
  handle->enrolledStatus = WINBIO_I_MORE_DATA;
  handle->enrolledDetail = 0;
  return S_OK;
}

static HRESULT enrollCapture(Handle *handle, Call *call, WINBIO_ASYNC_RESULT *result) {
  Touch touch = {0};
  if (handle->enrolling == 0) return WINBIO_E_INVALID_OPERATION;
  result->UnitId = handle->enrolling;
  HRESULT status = awaitTouch(handle, call, &touch);
  result->Parameters.EnrollCapture.RejectDetail = touch.detail;
  if (status == WINBIO_E_CANCELED) return status;
  if (status == WINBIO_E_SENSOR_UNAVAILABLE) handle->enrolling = 0;
  if (status == S_OK) {
    handle->enrolledFinger = touch.finger;
    status = ++handle->enrolledTouches < STAGES ? WINBIO_I_MORE_DATA : S_OK;
  }
  handle->enrolledStatus = status;
  handle->enrolledDetail = touch.detail;
  return status;
}

static HRESULT enrollCommit(Handle *handle, WINBIO_ASYNC_RESULT *result) {
  if (handle->enrolling == 0 || handle->enrolledTouches < STAGES) return WINBIO_E_INVALID_OPERATION;
  result->UnitId = handle->enrolling;
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

static HRESULT enrollDiscard(Handle *handle, WINBIO_ASYNC_RESULT *result) {
  if (handle->enrolling == 0) return WINBIO_E_INVALID_OPERATION;
  result->UnitId = handle->enrolling;
  handle->enrolling = 0;
  return S_OK;
}

/* What a call that names a unit is refused for while that is in an enrollment, too. */
static HRESULT checkIdleUnit(const Handle *handle, WINBIO_UNIT_ID unit) {
  const HRESULT status = checkUnit(handle, unit);
  if (status != S_OK) return status;
  return enrollingAt(unit) != NULL ? WINBIO_E_ENROLLMENT_IN_PROGRESS : S_OK;
}

static HRESULT enumEnrollments(Handle *handle, Call *call, WINBIO_ASYNC_RESULT *result) {
  const HRESULT status = checkIdleUnit(handle, call->unit);
  if (status != S_OK) return status;
  uint8_t found[MAX_TEMPLATES];
  size_t count = 0;
  for (const Template *each = NULL;;) {
    each = findOwner(handle, &call->identity, WINBIO_SUBTYPE_ANY, each == NULL ? 0 : (int)(each - templates) + 1);
    if (each == NULL) break;
    found[count++] = each->subFactor;
  }
  if (count == 0) return WINBIO_E_UNKNOWN_ID;
  memcpy(yield(call, count), found, count);
  result->Parameters.EnumEnrollments.SubFactorCount = count;
  return S_OK;
}

static HRESULT deleteTemplate(Handle *handle, Call *call) {
  const int isOthers = call->identity.Type == WINBIO_ID_TYPE_WILDCARD || (!handle->isPrivate && !isOwn(&call->identity));
  if (isOthers && !administrator) return E_ACCESSDENIED;
  const HRESULT status = checkIdleUnit(handle, call->unit);
  if (status != S_OK) return status;
  Template *found = findOwner(handle, &call->identity, call->subFactor, 0);
  if (found == NULL) return WINBIO_E_DATABASE_NO_SUCH_RECORD;
  for (; found != NULL; found = findOwner(handle, &call->identity, call->subFactor, 0)) found->used = 0;
  return S_OK;
}

/* --- properties ------------------------------------------------------------------------------------------------------ */

/* The enrollment status, WINBIO_EXTENDED_ENROLLMENT_STATUS, of the size that is documented: 18 words. */
static void enrollmentStatus(uint32_t *words, WINBIO_UNIT_ID unit) {
  const Handle *handle = enrollingAt(unit);
  words[0] = (uint32_t)WINBIO_E_INVALID_OPERATION;
  words[3] = WINBIO_TYPE_FINGERPRINT;
  if (handle == NULL) return;
  words[0] = (uint32_t)handle->enrolledStatus;
  words[1] = handle->enrolledDetail;
  words[2] = (uint32_t)(handle->enrolledTouches >= STAGES ? 100 : 100 * handle->enrolledTouches / STAGES);
  words[4] = handle->enrolledSubFactor;
  words[5] = STAGES;
}

static HRESULT unitProperty(Call *call, WINBIO_ASYNC_RESULT *result) {
  static const size_t sizes[] = {0, 4, 36, 36, 12, 72, 8, 0, 8, 0}; /* by id; 0 for what the units do not have */
  const size_t size = sizes[call->propertyId];
  if (size == 0) return WINBIO_E_UNSUPPORTED_PROPERTY;
  uint32_t *words = yield(call, size);
  result->Parameters.GetProperty.PropertyBufferSize = size;
  switch (call->propertyId) {
  case WINBIO_PROPERTY_SAMPLE_HINT:
    words[0] = STAGES;
    break;
  case WINBIO_PROPERTY_EXTENDED_SENSOR_INFO:
    words[0] = WINBIO_CAPABILITY_SENSOR | WINBIO_CAPABILITY_MATCHING | WINBIO_CAPABILITY_DATABASE;
    words[1] = WINBIO_TYPE_FINGERPRINT;
    break;
  case WINBIO_PROPERTY_EXTENDED_ENGINE_INFO:
    words[1] = WINBIO_TYPE_FINGERPRINT;
    words[3] = STAGES;
    break;
  case WINBIO_PROPERTY_EXTENDED_STORAGE_INFO:
    words[1] = WINBIO_TYPE_FINGERPRINT;
    break;
  case WINBIO_PROPERTY_EXTENDED_ENROLLMENT_STATUS:
    enrollmentStatus(words, call->unit);
    break;
  case WINBIO_PROPERTY_EXTENDED_UNIT_STATUS:
    words[0] = WINBIO_SENSOR_READY;
    break;
  case WINBIO_PROPERTY_FP_BU_STATE:
    for (int id = 1; id <= MAX_UNITS; id++) words[0] |= (uint32_t)(units[id].present != 0);
    break;
  }
  return S_OK;
}

static HRESULT getProperty(Handle *handle, Call *call, WINBIO_ASYNC_RESULT *result) {
  if (call->propertyType == WINBIO_PROPERTY_TYPE_ACCOUNT) {
    WINBIO_ANTI_SPOOF_POLICY *policy = yield(call, sizeof *policy);
    const int isDefault = call->hasIdentity && call->identity.Type == WINBIO_ID_TYPE_WILDCARD;
    *policy = isDefault ? (WINBIO_ANTI_SPOOF_POLICY){.Action = 1, .Source = WINBIO_POLICY_DEFAULT} : antiSpoof;
    result->Parameters.GetProperty.PropertyBufferSize = sizeof *policy;
    return S_OK;
  }
  if (call->unit != 0) {
    const HRESULT status = checkUnit(handle, call->unit);
    if (status != S_OK) return status;
    const Handle *enrolling = enrollingAt(call->unit);
    if (!handle->isPrivate && enrolling != NULL && enrolling != handle) return WINBIO_E_ENROLLMENT_IN_PROGRESS;
  }
  return unitProperty(call, result);
}

static HRESULT setProperty(Call *call) {
  if (!isOwn(&call->identity)) return administrator ? S_OK : E_ACCESSDENIED;
  const WINBIO_ANTI_SPOOF_POLICY *given = (const WINBIO_ANTI_SPOOF_POLICY *)call->sent;
  antiSpoof = given->Action == WINBIO_ANTI_SPOOF_REMOVE
                  ? (WINBIO_ANTI_SPOOF_POLICY){.Action = 1, .Source = WINBIO_POLICY_DEFAULT}
                  : (WINBIO_ANTI_SPOOF_POLICY){.Action = given->Action, .Source = WINBIO_POLICY_LOCAL};
  return S_OK;
}

/* --- locks and commands ---------------------------------------------------------------------------------------------- */

static HRESULT lockUnit(Handle *handle, Call *call) {
  if (call->unit > MAX_UNITS || !units[call->unit].present) return WINBIO_E_INVALID_UNIT;
  if (!inPool(handle, call->unit)) return WINBIO_E_INCORRECT_SENSOR_POOL;
  for (WINBIO_UNIT_ID id = 1; id <= MAX_UNITS; id++)
    if (id != call->unit && units[id].locker == handle->id) return WINBIO_E_LOCK_VIOLATION;
  if (!handle->isPrivate && enrollingAt(call->unit) != NULL) return WINBIO_E_ENROLLMENT_IN_PROGRESS;
  while (isLockedForOthers(handle, call->unit)) {
    tellBypassed(handle);
    if (call->canceled) return WINBIO_E_CANCELED;
    if (!units[call->unit].present) return WINBIO_E_SENSOR_UNAVAILABLE;
    WAIT();
  }
  units[call->unit].locker = handle->id;
  return S_OK;
}

/* Cancels the request for a lock; 1 when it is for this unit. */
static int giveUpLock(Call *call, WINBIO_UNIT_ID unit) {
  if (call->operation != WINBIO_OPERATION_LOCK_UNIT || call->canceled) return 0;
  call->canceled = 1;
  return call->unit == unit;
}

/* Gives up the locks of a session, and the request for one. */
static HRESULT unlockUnit(Handle *handle, WINBIO_UNIT_ID unit) {
  const int isHeld = unit <= MAX_UNITS && units[unit].locker == handle->id;
  int isAsked = 0;
  if (handle->running != NULL) isAsked |= giveUpLock(handle->running, unit);
  for (Call *call = handle->first; call != NULL; call = call->next) isAsked |= giveUpLock(call, unit);
  if (!isHeld && !isAsked) return WINBIO_E_LOCK_VIOLATION;
  for (int id = 1; id <= MAX_UNITS; id++)
    if (units[id].locker == handle->id) units[id].locker = 0;
  WAKE();
  return S_OK;
}

/* Command 1 answers what it is sent, backwards; its status is how much that is. */
static HRESULT control(Handle *handle, Call *call, WINBIO_ASYNC_RESULT *result) {
  if (call->operation == WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED && !handle->maintenance) return E_ACCESSDENIED;
  if (call->unit > MAX_UNITS || !units[call->unit].present) return WINBIO_E_INVALID_UNIT;
  if (!inPool(handle, call->unit)) return WINBIO_E_INCORRECT_SENSOR_POOL;
  if (units[call->unit].locker != handle->id) return WINBIO_E_LOCK_VIOLATION;
  if (call->controlCode != 1) return E_INVALIDARG;
  if (call->sentSize > call->receiveSize) return E_NOT_SUFFICIENT_BUFFER;
  for (size_t i = 0; i < call->sentSize; i++) call->receive[i] = call->sent[call->sentSize - 1 - i];
  result->Parameters.ControlUnit.ReceiveDataSize = call->sentSize;
  result->Parameters.ControlUnit.OperationStatus = (uint32_t)call->sentSize;
  return S_OK;
}

/* The account is the one that is logged on. */
static HRESULT logon(Handle *handle) {
  if (!handle->identified) return E_ACCESSDENIED;
  handle->identified = 0;
  return S_FALSE;
}

/* --- lists ----------------------------------------------------------------------------------------------------------- */

static size_t enumUnits(Call *call) {
  WINBIO_UNIT_SCHEMA *schemas = yield(call, MAX_UNITS * sizeof *schemas);
  size_t count = 0;
  for (WINBIO_UNIT_ID id = 1; id <= MAX_UNITS && (call->mask & WINBIO_TYPE_FINGERPRINT) != 0; id++)
    if (units[id].present) describe(&schemas[count++], id);
  return count;
}

/* The database of the system pool. */
static size_t enumDatabases(Call *call) {
  if ((call->mask & WINBIO_TYPE_FINGERPRINT) == 0) return 0;
  WINBIO_STORAGE_SCHEMA *schema = yield(call, sizeof *schema);
  schema->BiometricFactor = WINBIO_TYPE_FINGERPRINT;
  schema->DatabaseId = (GUID){0x9C3B2F10, 0x77AA, 0x4E21, {0x8D, 1, 2, 3, 4, 5, 6, 7}};
  schema->DataFormat = (GUID){0x51D2A6E4, 0x0F3C, 0x4B9E, {0xA1, 7, 6, 5, 4, 3, 2, 1}};
  schema->Attributes = WINBIO_DATABASE_TYPE_FILE;
  put(schema->FilePath, "C:\\WINDOWS\\SYSTEM32\\WINBIODATABASE\\FAKE.DAT");
  return 1;
}

static size_t enumProviders(Call *call) {
  if ((call->mask & WINBIO_TYPE_FINGERPRINT) == 0) return 0;
  WINBIO_BSP_SCHEMA *schema = yield(call, sizeof *schema);
  schema->BiometricFactor = WINBIO_TYPE_FINGERPRINT;
  schema->BspId = (GUID){0x3A8E7D54, 0x1B2C, 0x4F60, {0x92, 0xEE, 8, 7, 6, 5, 4, 3}};
  put(schema->Description, "Fake service provider");
  put(schema->Vendor, "Whorl tests");
  schema->Version.MajorVersion = 1;
  return 1;
}

static size_t enumerate(Call *call) {
  size_t count = 0;
  if (call->operation == WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS) count = enumUnits(call);
  if (call->operation == WINBIO_OPERATION_ENUM_DATABASES) count = enumDatabases(call);
  if (call->operation == WINBIO_OPERATION_ENUM_SERVICE_PROVIDERS) count = enumProviders(call);
  if (count == 0) {
    free(call->extra);
    call->extra = NULL;
    call->extraSize = 0;
  }
  return count;
}

/* --- monitors -------------------------------------------------------------------------------------------------------- */

static HRESULT startMonitor(Handle *handle, Call *call) {
  if (call->operation == WINBIO_OPERATION_MONITOR_PRESENCE || handle->isPrivate) return WINBIO_E_INVALID_OPERATION;
  if (handle->monitor != 0) return WINBIO_E_EVENT_MONITOR_ACTIVE;
  handle->monitor = call->mask;
  handle->monitorSequence = call->sequence;
  handle->eventCallback = (PWINBIO_EVENT_CALLBACK)call->callback;
  handle->eventContext = call->context;
  WAKE();
  return S_OK;
}

static HRESULT perform(Handle *handle, Call *call, WINBIO_ASYNC_RESULT *result) {
  if (call->isTold) return call->told;
  if (call->operation == WINBIO_OPERATION_CLOSE || call->operation == WINBIO_OPERATION_CLOSE_FRAMEWORK) return S_OK;
  while (hanging) WAIT();
  if (call->canceled) return WINBIO_E_CANCELED;
  if (failNext != 0) {
    const HRESULT status = failNext;
    failNext = 0;
    return status;
  }
  /* A session with an event monitor does nothing else. */
  if (handle->kind != FRAMEWORK && handle->monitor != 0) return WINBIO_E_SESSION_BUSY;
  switch (call->operation) {
  case WINBIO_OPERATION_OPEN:
  case WINBIO_OPERATION_OPEN_FRAMEWORK:
    return open(handle);
  case WINBIO_OPERATION_CAPTURE_SAMPLE:
    return capture(handle, call, result);
  case WINBIO_OPERATION_IDENTIFY:
    return identify(handle, call, result);
  case WINBIO_OPERATION_VERIFY:
    return verify(handle, call, result);
  case WINBIO_OPERATION_LOCATE_SENSOR:
    return locate(handle, call, result);
  case WINBIO_OPERATION_ENROLL_BEGIN:
    return enrollBegin(handle, call);
  case WINBIO_OPERATION_ENROLL_SELECT:
    return S_OK;
  case WINBIO_OPERATION_ENROLL_CAPTURE:
    return enrollCapture(handle, call, result);
  case WINBIO_OPERATION_ENROLL_COMMIT:
    return enrollCommit(handle, result);
  case WINBIO_OPERATION_ENROLL_DISCARD:
    return enrollDiscard(handle, result);
  case WINBIO_OPERATION_ENUM_ENROLLMENTS:
    return enumEnrollments(handle, call, result);
  case WINBIO_OPERATION_DELETE_TEMPLATE:
    return deleteTemplate(handle, call);
  case WINBIO_OPERATION_GET_PROPERTY:
    return getProperty(handle, call, result);
  case WINBIO_OPERATION_SET_PROPERTY:
    return setProperty(call);
  case WINBIO_OPERATION_LOCK_UNIT:
    return lockUnit(handle, call);
  case WINBIO_OPERATION_CONTROL_UNIT:
  case WINBIO_OPERATION_CONTROL_UNIT_PRIVILEGED:
    return control(handle, call, result);
  case FAKE_OPERATION_LOGON:
    return logon(handle);
  case WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS:
  case WINBIO_OPERATION_ENUM_DATABASES:
  case WINBIO_OPERATION_ENUM_SERVICE_PROVIDERS:
    /* The three members are alike. */
    result->Parameters.EnumBiometricUnits.UnitCount = enumerate(call);
    return S_OK;
  }
  return E_NOTIMPL;
}
