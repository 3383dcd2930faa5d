/** The logger an application hands in. No template, pixel or secret ever goes through it. */

/** Structured facts of a log line. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** What the service needs of a logger. */
export interface Logger {
  /** For the people who write Whorl or an adapter. */
  debug(message: string, fields?: LogFields): void;
  /** The ordinary course of things. */
  info(message: string, fields?: LogFields): void;
  /** Something is wrong and the service copes with it. */
  warn(message: string, fields?: LogFields): void;
  /** Something failed that a person should look at. */
  error(message: string, fields?: LogFields): void;
}

/** A logger that drops everything. */
export const SILENT_LOGGER: Logger = Object.freeze({ debug() {}, info() {}, warn() {}, error() {} });
