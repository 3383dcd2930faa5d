// Blocks in a capture until a second thread cancels the session, as the threads of a Windows program do.
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { formatHresult } from 'whorl';
import * as winbio from 'whorl/winbio/blocking';

const { FAILED, SUCCEEDED, out } = winbio;

if (isMainThread) capture();
else cancelFromHere(workerData as { attachment: winbio.BlockingAttachment; session: number });

function capture(): void {
  using connection = winbio.connectBlocking({ embedded: { state: 'memory' } });
  const { WinBioOpenSession, WinBioLocateSensorWithCallback, WinBioLocateSensor, WinBioWait, WinBioCloseSession } =
    connection.winbio;
  const session = out<number>();
  let hr = WinBioOpenSession(
    winbio.WINBIO_TYPE_FINGERPRINT, // Service provider
    winbio.WINBIO_POOL_SYSTEM, // Pool type
    winbio.WINBIO_FLAG_DEFAULT, // Flags
    null, // Array of biometric unit IDs
    0, // Count of biometric unit IDs
    winbio.WINBIO_DB_DEFAULT, // Default database
    session, // [out] Session handle
  );
  if (FAILED(hr)) return void console.log(`WinBioOpenSession failed: ${formatHresult(hr)}`);
  const handle = session.value ?? 0;

  // Callbacks run only while this thread is in WinBioWait.
  WinBioLocateSensorWithCallback(
    handle,
    (context, status, unit) => {
      console.log(`${context}: unit ${unit}, ${formatHresult(status)}`);
    },
    'callback',
  );
  connection.touch({ person: 1, finger: 'right-index' });
  console.log('the finger was captured');
  WinBioWait(handle);

  const attachment = connection.attachment();
  const canceler = new Worker(new URL(import.meta.url), {
    workerData: { attachment, session: handle },
    transferList: [attachment.port],
  });
  canceler.unref();
  console.log('blocked in WinBioLocateSensor');
  hr = WinBioLocateSensor(handle, out<number>());
  console.log(hr === winbio.WINBIO_E_CANCELED ? 'canceled by the second thread' : formatHresult(hr));
  WinBioCloseSession(handle);
}

function cancelFromHere({ attachment, session }: { attachment: winbio.BlockingAttachment; session: number }): void {
  const connection = winbio.attachBlocking(attachment);
  const pause = new Int32Array(new SharedArrayBuffer(4));
  // Canceling an idle session is not an error; the loop ends when the session is closed.
  do Atomics.wait(pause, 0, 0, 20);
  while (SUCCEEDED(connection.winbio.WinBioCancel(session)));
  connection.detach();
}
