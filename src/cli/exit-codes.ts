/** The exit codes of all commands. */

/** What each tells. */
export const EXIT_CODES = [
  [0, 'success'],
  [1, 'failure: the message says which, and what to do'],
  [2, 'wrong command, value or configuration'],
  [3, 'the answer is no: not enrolled, no match, rejected'],
  [4, 'nobody touched the reader in time'],
  [130, 'interrupted with Ctrl+C'],
] as const;

/** Exit code after Ctrl+C. */
export const EXIT_INTERRUPTED = 130;
/** Exit code when a time limit has passed. */
export const EXIT_LATE = 4;
/** Exit code when the answer is no. */
export const EXIT_NO = 3;
