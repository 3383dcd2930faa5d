/** Ends the process at once, without waiting for any of its threads. */

export function endProcess(koffi: typeof import('koffi').default, code: number): void {
  if (process.platform === 'win32') {
    const kernel32 = koffi.load('kernel32.dll');
    const self = kernel32.func('void *__stdcall GetCurrentProcess()')();
    kernel32.func('int __stdcall TerminateProcess(void *, uint32_t)')(self, code >>> 0);
    return;
  }
  koffi.load(null).func('void _exit(int)')(code);
}
