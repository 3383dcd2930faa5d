/** The log of a daemon: one JSON line an event. */

import { type DestinationStream, pino } from 'pino';
import type { Logger } from '../../core/logger.ts';

/** Writes to `destination`: by default to standard error, and nothing waits for it. */
export function createLogger(
  level: 'debug' | 'info' | 'warn' | 'error' | 'silent',
  destination: DestinationStream = pino.destination({ dest: 2, sync: false }),
): Logger {
  const log = pino({ level, base: { pid: process.pid } }, destination);
  return {
    debug: (message, fields = {}) => log.debug(fields, message),
    info: (message, fields = {}) => log.info(fields, message),
    warn: (message, fields = {}) => log.warn(fields, message),
    error: (message, fields = {}) => log.error(fields, message),
  };
}
