/** What of a log the event log has. */

import { expect, test } from 'vitest';
import { SILENT_LOGGER } from '../../core/logger.ts';
import { withEventLog } from './event-log-logger.ts';

test('warnings and errors are events, each with its facts; the rest is not', () => {
  const events: (readonly [string, string])[] = [];
  const logger = withEventLog(SILENT_LOGGER, { write: (...event) => void events.push(event) });
  logger.debug('a client connected');
  logger.info('the service runs');
  logger.warn('a reader failed', { code: 'WINBIO_E_DEVICE_FAILURE', unitId: 1, reader: undefined });
  logger.error('the disk is full');
  expect(events).toEqual([
    ['warning', 'a reader failed\ncode: WINBIO_E_DEVICE_FAILURE\nunitId: 1'],
    ['error', 'the disk is full'],
  ]);
});
