/* What calls are refused for by their arguments alone, in the order of the documentation. Part of winbio.c. */

static int isMissing(const void *pointer) { return pointer == NULL; }

static HRESULT checkFactors(uint32_t factor) {
  return factor == 0 || (factor & ~WINBIO_TYPE_ANY) != 0 ? E_INVALIDARG : S_OK;
}

static HRESULT checkNotification(uint32_t method, HWND window, UINT message, const void *callback) {
  if (method == WINBIO_ASYNC_NOTIFY_CALLBACK) return callback == NULL ? E_POINTER : S_OK;
  if (method != WINBIO_ASYNC_NOTIFY_MESSAGE) return E_INVALIDARG;
  if (window == NULL || window == HWND_BROADCAST) return E_INVALIDARG;
  if (message < 0x8000 || message > 0xBFFF) return E_INVALIDARG;
#ifdef _WIN32
  return S_OK;
#else
  return E_NOTIMPL; /* there are no windows */
#endif
}

static HRESULT checkOpen(uint32_t factor, uint32_t pool, uint32_t flags, const WINBIO_UNIT_ID *unitArray, size_t count,
                         const GUID *database) {
  const uintptr_t selector = (uintptr_t)database;
  if (FAILED(checkFactors(factor)) || (factor & (factor - 1)) != 0) return E_INVALIDARG;
  if (pool != WINBIO_POOL_SYSTEM && pool != WINBIO_POOL_PRIVATE) return E_INVALIDARG;
  const uint32_t configuration = flags & 0xFFFF0000u;
  if ((flags & 0xFFFFu & ~(uint32_t)(WINBIO_FLAG_RAW | WINBIO_FLAG_MAINTENANCE)) != 0) return E_INVALIDARG;
  if (configuration != 0 && configuration != WINBIO_FLAG_BASIC && configuration != WINBIO_FLAG_ADVANCED)
    return E_INVALIDARG;
  if (pool == WINBIO_POOL_SYSTEM)
    return configuration != 0 || unitArray != NULL || count != 0 || selector > 1 ? E_INVALIDARG : S_OK;
  if (unitArray == NULL || count == 0 || selector < 4096) return E_INVALIDARG;
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < i; j++)
      if (unitArray[i] == unitArray[j]) return E_INVALIDARG;
  return S_OK;
}

static HRESULT isFinger(WINBIO_BIOMETRIC_SUBTYPE subFactor) {
  const int known = (subFactor >= 1 && subFactor <= 10) || subFactor == 13 || subFactor == 14 ||
                    (subFactor >= 0xF5 && subFactor <= 0xFE);
  return known ? S_OK : E_INVALIDARG;
}

static HRESULT isFingerOrAny(WINBIO_BIOMETRIC_SUBTYPE subFactor) {
  return subFactor == WINBIO_SUBTYPE_ANY ? S_OK : isFinger(subFactor);
}

static int isSound(const WINBIO_IDENTITY *identity) {
  if (identity->Type > WINBIO_ID_TYPE_SID) return 0;
  if (identity->Type != WINBIO_ID_TYPE_SID) return 1;
  const uint8_t *sid = identity->Value.AccountSid.Data;
  const uint32_t size = identity->Value.AccountSid.Size;
  return size >= 8 && size <= 68 && sid[0] == 1 && sid[1] <= 15 && size == 8u + 4u * sid[1];
}

/* An owner of templates in the pool of a session: an account, or in a private pool a GUID. */
static HRESULT checkOwner(const Handle *handle, const Call *call) {
  if (!call->hasIdentity) return S_OK;
  const WINBIO_IDENTITY *identity = &call->identity;
  if (!isSound(identity)) return E_INVALIDARG;
  if (call->operation == WINBIO_OPERATION_DELETE_TEMPLATE && identity->Type == WINBIO_ID_TYPE_WILDCARD) return S_OK;
  const int isProperty =
      call->operation == WINBIO_OPERATION_GET_PROPERTY || call->operation == WINBIO_OPERATION_SET_PROPERTY;
  if (isProperty) return S_OK;
  return identity->Type == (handle->isPrivate ? WINBIO_ID_TYPE_GUID : WINBIO_ID_TYPE_SID) ? S_OK : E_INVALIDARG;
}

/* Type, id, unit and account of a property. */
static HRESULT checkProperty(uint32_t type, uint32_t id, WINBIO_UNIT_ID unit, const WINBIO_IDENTITY *identity,
                             WINBIO_BIOMETRIC_SUBTYPE subFactor) {
  if (type != WINBIO_PROPERTY_TYPE_UNIT && type != WINBIO_PROPERTY_TYPE_ACCOUNT) return WINBIO_E_INVALID_PROPERTY_TYPE;
  const uint32_t last =
      type == WINBIO_PROPERTY_TYPE_UNIT ? WINBIO_PROPERTY_FP_IS_IMPROVING : WINBIO_PROPERTY_ANTI_SPOOF_POLICY;
  if (id == 0 || id > last) return WINBIO_E_INVALID_PROPERTY_ID;
  if (subFactor != WINBIO_SUBTYPE_NO_INFORMATION) return E_INVALIDARG;
  if (type == WINBIO_PROPERTY_TYPE_ACCOUNT) {
    if (unit != 0) return E_INVALIDARG;
    if (identity == NULL) return S_OK;
    return identity->Type == WINBIO_ID_TYPE_SID || identity->Type == WINBIO_ID_TYPE_WILDCARD ? S_OK : E_INVALIDARG;
  }
  if (identity != NULL) return E_INVALIDARG;
  return (unit == 0) == (id == WINBIO_PROPERTY_FP_BU_STATE) ? S_OK : E_INVALIDARG;
}
