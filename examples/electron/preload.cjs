// The only door between the window and the main process: two functions, no channel names of the window's own.
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('fingers', {
  identify: () => ipcRenderer.invoke('identify'),
  cancel: () => ipcRenderer.send('cancel'),
});
