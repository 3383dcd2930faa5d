/** The exit codes of all commands. */

/** What each tells. */
export const EXIT_CODES = [
  [0, 'success'],
  [1, 'failure: the message says which, and what to do'],
  [2, 'wrong command, value or configuration'],
  [3, 'the answer is no: not enrolled, no match, rejected'],
  [4, 'nobody touched the reader in time'],
  [5, 'an import stored what it could, and refused some rows'],
  [130, 'interrupted with Ctrl+C'],
] as const;

/** Exit code after Ctrl+C. */
export const EXIT_INTERRUPTED = 130;
/** Exit code when a time limit has passed. */
export const EXIT_LATE = 4;
/** Exit code when the answer is no. */
export const EXIT_NO = 3;
/** Exit code when an import refused rows. */
export const EXIT_ROWS_REFUSED = 5;
