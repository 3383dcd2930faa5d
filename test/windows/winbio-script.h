/* Exported functions that script the fake winbio.dll. Part of winbio.c. */

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
  if ((units[id].present != 0) == (present != 0)) {
    UNLOCK();
    return;
  }
  units[id].present = present;
  if (!present) units[id].owner = units[id].locker = 0;
  for (int i = 0; i < MAX_HANDLES; i++)
    if (handles[i].id != 0 && handles[i].kind == FRAMEWORK && (handles[i].monitor & WINBIO_FRAMEWORK_CHANGE_UNIT) != 0)
      enqueue(&handles[i], (Call){.operation = present ? WINBIO_OPERATION_UNIT_ARRIVAL : WINBIO_OPERATION_UNIT_REMOVAL,
                                  .sequence = handles[i].monitorSequence,
                                  .unit = id,
                                  .isTold = 1,
                                  .told = S_OK});
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

/* Most templates there may be, whether the focus is given to who asks, and whether the account is an administrator's. */
API void WINAPI FakeSettings(int mostTemplates, int givesFocus, int isAdministrator) {
  LOCK();
  capacity = mostTemplates;
  focus = givesFocus;
  administrator = isAdministrator;
  UNLOCK();
}

/* Who asks, a SID. */
API void WINAPI FakeAccount(const uint8_t *sid) {
  LOCK();
  memcpy(ownSid, sid, 8 + 4 * (size_t)sid[1]);
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
  administrator = 1;
  memcpy(ownSid, (uint8_t[sizeof ownSid])OWN_SID, sizeof ownSid);
  failNext = failCall = S_OK;
  capacity = MAX_TEMPLATES;
  antiSpoof = (WINBIO_ANTI_SPOOF_POLICY){.Action = 1, .Source = WINBIO_POLICY_DEFAULT};
  free(sample);
  sample = NULL;
  UNLOCK();
}
