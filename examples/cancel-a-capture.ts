// Starts a capture with a callback, waits a while, and cancels it: the program of the WinBioCancel page.
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, formatHresult } from 'whorl';
import * as winbio from 'whorl/winbio';

const service = await connect({ embedded: { state: 'memory' } });
const { WinBioOpenSession, WinBioCaptureSampleWithCallback, WinBioCancel, WinBioWait, WinBioCloseSession, WinBioFree } =
  winbio.bindWinBio(service);
const { FAILED, out } = winbio;

async function captureSampleWithCallback(cancel: boolean): Promise<number> {
  let hr = winbio.S_OK;
  const sessionHandle = out<number>();

  // Connect to the system pool.
  hr = await WinBioOpenSession(
    winbio.WINBIO_TYPE_FINGERPRINT, // Service provider
    winbio.WINBIO_POOL_SYSTEM, // Pool type
    winbio.WINBIO_FLAG_RAW, // Raw access
    null, // Array of biometric unit IDs
    0, // Count of biometric unit IDs
    winbio.WINBIO_DB_DEFAULT, // Default database
    sessionHandle, // [out] Session handle
  );
  if (FAILED(hr)) return report('WinBioOpenSession', hr);
  const session = sessionHandle.value ?? 0;

  // Capture a biometric sample in the background.
  console.log('Calling WinBioCaptureSampleWithCallback');
  hr = await WinBioCaptureSampleWithCallback(
    session, // Open session handle
    winbio.WINBIO_NO_PURPOSE_AVAILABLE, // Intended use of the sample
    winbio.WINBIO_DATA_FLAG_RAW, // Sample format
    captureSampleCallback, // Callback function
    null, // Optional context
  );
  if (FAILED(hr)) report('WinBioCaptureSampleWithCallback', hr);
  else console.log('Touch the sensor ...');

  if (!FAILED(hr) && cancel) {
    await sleep(Number(process.argv[2] ?? 1000));
    console.log('Calling WinBioCancel');
    hr = await WinBioCancel(session);
    if (FAILED(hr)) report('WinBioCancel', hr);
  }

  // Wait for the capture to complete or be canceled.
  hr = await WinBioWait(session);
  if (FAILED(hr)) report('WinBioWait', hr);

  await WinBioCloseSession(session);
  return hr;
}

function captureSampleCallback(
  _context: unknown,
  operationStatus: number,
  unitId: number,
  sample: Uint8Array | null,
  sampleSize: number,
  rejectDetail: number,
): void {
  if (operationStatus === winbio.WINBIO_E_BAD_CAPTURE) console.log(`Bad capture; reason: ${rejectDetail}`);
  else if (operationStatus === winbio.WINBIO_E_CANCELED) console.log(`Callback: WINBIO_E_CANCELED`);
  else if (FAILED(operationStatus)) report('capture', operationStatus);
  else console.log(`Captured ${sampleSize} bytes from unit ${unitId}`);
  if (sample !== null) WinBioFree(sample);
}

function report(what: string, hr: number): number {
  console.log(`${what} failed. hr = ${formatHresult(hr)}`);
  return hr;
}

await captureSampleWithCallback(true);
await service.close();
