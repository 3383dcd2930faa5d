import { expect, test } from 'vitest';
import { BiometricError } from '../../core/biometric-error.ts';
import { WriteCertainty } from './write-certainty.ts';

test('all that use the database wait for the one reading that makes it certain again', async () => {
  const reading = Promise.withResolvers<void>();
  let readings = 0;
  const certainty = new WriteCertainty(() => {
    readings += 1;
    return reading.promise;
  });
  const write = certainty.write(async () => {
    throw new BiometricError('WINBIO_E_DATABASE_WRITE_ERROR');
  });
  await expect(write).rejects.toMatchObject({ code: 'WINBIO_E_DATABASE_WRITE_ERROR' });

  const settled: string[] = [];
  const first = certainty.restore().then(() => settled.push('first'));
  const second = certainty.restore().then(() => settled.push('second'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(settled).toEqual([]);
  reading.resolve();
  await Promise.all([first, second]);
  expect(readings).toBe(1);
  await certainty.restore();
  expect(readings).toBe(1);
});
