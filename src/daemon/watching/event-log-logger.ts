/** Warnings and errors of a log, in the event log of Windows as well. */

import type { LogFields, Logger } from '../../core/logger.ts';

/** Where events go. */
interface Events {
  write(kind: 'warning' | 'error', text: string): void;
}

/** A logger that writes to `logger`, and what a person should see to `events`, too. */
export function withEventLog(logger: Logger, events: Events): Logger {
  return {
    debug: (message, fields) => logger.debug(message, fields),
    info: (message, fields) => logger.info(message, fields),
    warn: (message, fields) => {
      logger.warn(message, fields);
      events.write('warning', textOf(message, fields));
    },
    error: (message, fields) => {
      logger.error(message, fields);
      events.write('error', textOf(message, fields));
    },
  };
}

/** The message, and each fact on a line of its own. */
function textOf(message: string, fields: LogFields = {}): string {
  const facts = Object.entries(fields).filter(([, value]) => value !== undefined);
  return [message, ...facts.map(([name, value]) => `${name}: ${value}`)].join('\n');
}
