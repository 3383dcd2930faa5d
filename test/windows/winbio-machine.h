/* Functions of winbio.h about the machine and its accounts, without a handle. Part of winbio.c. */

static HRESULT list(uint32_t operation, uint32_t factor, void **array, size_t *count) {
  if (array != NULL) *array = NULL;
  if (count != NULL) *count = 0;
  if (array == NULL || count == NULL) return E_POINTER;
  if (checkFactors(factor) != S_OK) return E_INVALIDARG;
  Call call = {.operation = operation, .mask = factor};
  LOCK();
  *count = enumerate(&call);
  *array = handOut(call.extra);
  UNLOCK();
  return S_OK;
}

API HRESULT WINAPI WinBioEnumBiometricUnits(uint32_t factor, WINBIO_UNIT_SCHEMA **array, size_t *count) {
  return list(WINBIO_OPERATION_ENUM_BIOMETRIC_UNITS, factor, (void **)array, count);
}

API HRESULT WINAPI WinBioEnumDatabases(uint32_t factor, WINBIO_STORAGE_SCHEMA **array, size_t *count) {
  return list(WINBIO_OPERATION_ENUM_DATABASES, factor, (void **)array, count);
}

API HRESULT WINAPI WinBioEnumServiceProviders(uint32_t factor, WINBIO_BSP_SCHEMA **array, size_t *count) {
  return list(WINBIO_OPERATION_ENUM_SERVICE_PROVIDERS, factor, (void **)array, count);
}

API HRESULT WINAPI WinBioAcquireFocus(void) {
  LOCK();
  const HRESULT status = focus ? S_OK : E_ACCESSDENIED;
  UNLOCK();
  return status;
}

API HRESULT WINAPI WinBioReleaseFocus(void) { return WinBioAcquireFocus(); }

/* Nothing is configured: the framework is on, logon with fingers too, on domains not. */
static void setting(BOOLEAN value, BOOLEAN *filled, uint32_t *source) {
  *filled = value;
  *source = WINBIO_SETTING_SOURCE_DEFAULT;
}

API void WINAPI WinBioGetEnabledSetting(BOOLEAN *value, uint32_t *source) { setting(1, value, source); }
API void WINAPI WinBioGetLogonSetting(BOOLEAN *value, uint32_t *source) { setting(1, value, source); }
API void WINAPI WinBioGetDomainLogonSetting(BOOLEAN *value, uint32_t *source) { setting(0, value, source); }

API HRESULT WINAPI WinBioGetEnrolledFactors(WINBIO_IDENTITY *owner, uint32_t *factors) {
  if (owner == NULL || factors == NULL) return E_POINTER;
  *factors = 0;
  if (!isSound(owner) || (owner->Type != WINBIO_ID_TYPE_SID && owner->Type != WINBIO_ID_TYPE_WILDCARD))
    return E_INVALIDARG;
  const Handle pool = {0};
  LOCK();
  if (findOwner(&pool, owner, WINBIO_SUBTYPE_ANY, 0) != NULL) *factors = WINBIO_TYPE_FINGERPRINT;
  UNLOCK();
  return S_OK;
}

/*
 * No account has a credential. The identity of these two is passed by value, which on Windows, x64 as arm64, is the address of
 * a copy: so it is declared here, where gcc would put it on the stack.
 */

static HRESULT checkAccount(const WINBIO_IDENTITY *identity) {
  return isSound(identity) && identity->Type == WINBIO_ID_TYPE_SID ? S_OK : E_INVALIDARG;
}

API HRESULT WINAPI WinBioGetCredentialState(const WINBIO_IDENTITY *identity, uint32_t type, uint32_t *state) {
  if (state == NULL) return E_POINTER;
  *state = 0;
  if (type != WINBIO_CREDENTIAL_PASSWORD || checkAccount(identity) != S_OK) return E_INVALIDARG;
  if (!isOwn(identity) && !administrator) return E_ACCESSDENIED;
  *state = WINBIO_CREDENTIAL_NOT_SET;
  return S_OK;
}

API HRESULT WINAPI WinBioSetCredential(uint32_t type, uint8_t *credential, size_t size, uint32_t format) {
  if (credential == NULL) return E_POINTER;
  if (type != WINBIO_CREDENTIAL_PASSWORD || size < 2 || size % 2 != 0) return E_INVALIDARG;
  if (format < WINBIO_PASSWORD_GENERIC || format > WINBIO_PASSWORD_PROTECTED) return E_INVALIDARG;
  if (credential[size - 1] != 0 || credential[size - 2] != 0) return E_INVALIDARG;
  WINBIO_IDENTITY own;
  uint32_t factors = 0;
  account(&own);
  WinBioGetEnrolledFactors(&own, &factors);
  return factors == 0 ? WINBIO_E_UNKNOWN_ID : E_ACCESSDENIED;
}

API HRESULT WINAPI WinBioRemoveCredential(const WINBIO_IDENTITY *identity, uint32_t type) {
  if (type != WINBIO_CREDENTIAL_PASSWORD && type != WINBIO_CREDENTIAL_ALL) return E_INVALIDARG;
  if (checkAccount(identity) != S_OK) return E_INVALIDARG;
  return isOwn(identity) || administrator ? WINBIO_E_CRED_PROV_NO_CREDENTIAL : E_ACCESSDENIED;
}

API HRESULT WINAPI WinBioRemoveAllCredentials(void) { return administrator ? S_OK : E_ACCESSDENIED; }
API HRESULT WINAPI WinBioRemoveAllDomainCredentials(void) { return administrator ? S_OK : E_ACCESSDENIED; }
