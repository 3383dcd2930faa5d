/** The log of a daemon: one JSON line an event. */

import { pino } from 'pino';
import type { Logger } from '../../core/logger.ts';

/** Writes to standard error; nothing waits for it. */
export function createLogger(level: 'debug' | 'info' | 'warn' | 'error' | 'silent'): Logger {
  const log = pino({ level, base: { pid: process.pid } }, pino.destination({ dest: 2, sync: false }));
  return {
    debug: (message, fields = {}) => log.debug(fields, message),
    info: (message, fields = {}) => log.info(fields, message),
    warn: (message, fields = {}) => log.warn(fields, message),
    error: (message, fields = {}) => log.error(fields, message),
  };
}
