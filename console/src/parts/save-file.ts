/** Saves data as a downloaded file. */

export function saveFile(name: string, parts: readonly BlobPart[], type = 'application/octet-stream'): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has started by then, so the bytes can be released.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
