// Identifies the person who touches the reader: an asynchronous session whose notices come as window messages.
import { connect, formatHresult } from 'whorl';
import * as winbio from 'whorl/winbio';

const WM_BIOMETRIC = winbio.WM_APP + 1;
const { FAILED, out } = winbio;

await using service = await connect({ embedded: { state: 'memory' } });
const { WinBioAsyncOpenSession, WinBioIdentify, WinBioCancel, WinBioCloseSession, WinBioFree } =
  winbio.bindWinBio(service);

using window = winbio.createMessageWindow();
const session = out<number>();
const hr = await WinBioAsyncOpenSession(
  winbio.WINBIO_TYPE_FINGERPRINT, // Service provider
  winbio.WINBIO_POOL_SYSTEM, // Pool type
  winbio.WINBIO_FLAG_DEFAULT, // Flags
  null, // Array of biometric unit IDs
  0, // Count of biometric unit IDs
  winbio.WINBIO_DB_DEFAULT, // Default database
  winbio.WINBIO_ASYNC_NOTIFY_MESSAGE, // Notify by message
  window, // Window that receives them
  WM_BIOMETRIC, // Message code
  null, // No callback
  null, // No user data
  true, // Open in the background
  session, // [out] Session handle, 0 for now
);
if (FAILED(hr)) console.log(`WinBioAsyncOpenSession failed. hr = ${formatHresult(hr)}`);
else await messageLoop();

async function messageLoop(): Promise<void> {
  for await (const message of window) {
    if (message.message !== WM_BIOMETRIC) continue;
    const result = message.lParam;
    const more = await dispatch(result);
    WinBioFree(result);
    if (!more) return;
  }
}

/** What the window procedure does with a result; false ends the loop. */
async function dispatch(result: winbio.WINBIO_ASYNC_RESULT): Promise<boolean> {
  const { SessionHandle, ApiStatus } = result;
  switch (result.Operation) {
    case winbio.WINBIO_OPERATION_OPEN:
      console.log(`open: ${formatHresult(ApiStatus)}`);
      if (FAILED(ApiStatus)) return false;
      // Two at once: the first gets the finger, the second waits for another.
      await WinBioIdentify(SessionHandle, null, null, null, null);
      await WinBioIdentify(SessionHandle, null, null, null, null);
      await service.virtualReader().touch({ person: 1, finger: 'right-index' });
      return true;
    case winbio.WINBIO_OPERATION_IDENTIFY:
      if (ApiStatus === winbio.WINBIO_E_UNKNOWN_ID) console.log('identify: nobody we know');
      else if (ApiStatus === winbio.WINBIO_E_CANCELED) console.log('identify: canceled');
      else console.log(`identify: finger ${result.Parameters.Identify.SubFactor}, ${formatHresult(ApiStatus)}`);
      if (ApiStatus === winbio.WINBIO_E_UNKNOWN_ID) await WinBioCancel(SessionHandle);
      else await WinBioCloseSession(SessionHandle);
      return true;
    case winbio.WINBIO_OPERATION_CLOSE:
      console.log('closed');
      return false;
    default:
      return true;
  }
}
