// The main process: holds the service, and answers its windows. A window never sees a template or the service itself.
import { fileURLToPath } from 'node:url';
import { app, BrowserWindow, ipcMain } from 'electron';
import { connect, isBiometricError } from 'whorl';

/** What each window waits for. */
const waiting = new Map();

await app.whenReady();
// The machine's service, when one runs; `{ embedded: true }` starts one that belongs to this application.
const service = await connect({ embedded: true });
const session = await service.openSession();

ipcMain.handle('identify', async ({ sender }) => {
  const stop = new AbortController();
  waiting.get(sender.id)?.abort();
  waiting.set(sender.id, stop);
  sender.once('destroyed', () => stop.abort());
  try {
    const { kind, identity, subFactor, score } = await session.identify({ signal: stop.signal });
    return { kind, identity, subFactor, score };
  } catch (fault) {
    if (stop.signal.aborted) return { kind: 'canceled' };
    // Errors lose their fields on the way to a window.
    return isBiometricError(fault) ? { kind: 'fault', code: fault.code, remedy: fault.remedy } : Promise.reject(fault);
  } finally {
    if (waiting.get(sender.id) === stop) waiting.delete(sender.id);
  }
});
ipcMain.on('cancel', ({ sender }) => waiting.get(sender.id)?.abort());

const window = new BrowserWindow({
  width: 480,
  height: 320,
  webPreferences: { preload: fileURLToPath(new URL('preload.cjs', import.meta.url)) },
});
await window.loadFile(fileURLToPath(new URL('index.html', import.meta.url)));

app.on('window-all-closed', () => app.quit());
let closed = false;
app.on('before-quit', async (event) => {
  if (closed) return;
  // What waits is canceled and databases are closed before the process ends.
  event.preventDefault();
  closed = true;
  await service.close();
  app.quit();
});
