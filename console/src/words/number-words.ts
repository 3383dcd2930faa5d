/** Numbers in words, with their units. */

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** "3 min 20 s", "2 d 4 h". */
export function durationWords(seconds: number): string {
  const parts = [
    ['d', Math.floor(seconds / 86_400)],
    ['h', Math.floor(seconds / 3600) % 24],
    ['min', Math.floor(seconds / 60) % 60],
    ['s', Math.floor(seconds) % 60],
  ] as const;
  const first = parts.findIndex(([, count]) => count > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => `${count} ${unit}`)
    .join(' ');
}

/** "107.2 MB". */
export function bytesWords(bytes: number): string {
  return `${number.format(bytes / 1e6)} MB`;
}

/** "0.4 ms", "3.2 s". */
export function millisecondsWords(ms: number): string {
  return ms < 1000 ? `${number.format(ms)} ms` : `${number.format(ms / 1000)} s`;
}

/** "14:03:07". */
export function timeWords(atMs: number): string {
  return new Date(atMs).toLocaleTimeString('en-GB');
}
