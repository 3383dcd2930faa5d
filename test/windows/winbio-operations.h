/* What each operation of the fake winbio.dll does; called with the lock held. Part of winbio.c. */

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
