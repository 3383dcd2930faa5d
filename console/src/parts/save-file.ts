/** Saves bytes as a downloaded file. */

export function saveFile(name: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has started by then, so the bytes can be released.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
