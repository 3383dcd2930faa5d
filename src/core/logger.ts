/** The logger that is handed in; never a template, a pixel or a secret goes through it. Runs anywhere. */

/** Structured facts of a log line. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** What the service needs of a logger. */
export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Says nothing. */
export const SILENT_LOGGER: Logger = Object.freeze({ debug() {}, info() {}, warn() {}, error() {} });
