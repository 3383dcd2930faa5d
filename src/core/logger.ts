/** The logger an application hands in. No template, pixel or secret ever goes through it. */

/** Structured facts of a log line. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>> & {
  /** A result code by its name, such as `WINBIO_E_DEVICE_FAILURE`. */
  readonly code?: string | undefined;
  /** No code goes into a log as a number. */
  readonly hresult?: never;
};

/** What the service needs of a logger. */
export interface Logger {
  /** Details for debugging Whorl or an adapter. */
  debug(message: string, fields?: LogFields): void;
  /** Ordinary events. */
  info(message: string, fields?: LogFields): void;
  /** A fault the service copes with. */
  warn(message: string, fields?: LogFields): void;
  /** A fault that needs a person. */
  error(message: string, fields?: LogFields): void;
}

/** A logger that drops everything. */
export const SILENT_LOGGER: Logger = Object.freeze({ debug() {}, info() {}, warn() {}, error() {} });
