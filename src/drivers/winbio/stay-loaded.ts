/**
 * Keeps a library in memory until the process ends. koffi unloads what it loaded when the event loop or a worker ends; a
 * thread of the library that comes back from its callback then runs code that is gone.
 */

/** GET_MODULE_HANDLE_EX_FLAG_PIN. libloaderapi.h */
const PIN = 1;
/** RTLD_NOW and RTLD_NODELETE. dlopen(3) */
const NOW_AND_FOR_EVER = 0x1002;

/** Pins a library, by the name that it was loaded by. */
export function stayLoaded(koffi: typeof import('koffi').default, name: string): void {
  if (process.platform === 'win32') {
    const pin = koffi.load('kernel32.dll').func('int __stdcall GetModuleHandleExW(uint32_t, str16, _Out_ void **)');
    // koffi itself is unloaded with the last worker that uses it, and such a thread comes back through it.
    for (const each of [name, 'koffi.node']) pin(PIN, each, [null]);
    return;
  }
  koffi.load(null).func('void *dlopen(const char *, int)')(name, NOW_AND_FOR_EVER);
}
