/** The logger of an embedded service: what an application should know is a process warning, the rest is not said. */

import type { LogFields, Logger } from '../../core/logger.ts';

function warning(message: string, fields: LogFields = {}): void {
  const facts = Object.entries(fields).map(([name, value]) => (name === 'code' ? value : `${name} ${value}`));
  process.emitWarning(facts.length > 0 ? `${message} (${facts.join(', ')})` : message, { type: 'WhorlWarning' });
}

export const WARNING_LOGGER: Logger = Object.freeze({ debug() {}, info() {}, warn: warning, error: warning });
