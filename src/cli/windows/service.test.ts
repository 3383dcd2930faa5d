/** `whorl service` where there are no services of Windows. */

import { expect, test } from 'vitest';
import { install, remove, start, status, stop } from './service.ts';

test.skipIf(process.platform === 'win32').each([install, remove, start, stop, status])(
  '%o is refused with what does it here',
  async (command) => {
    await expect(command({})).rejects.toMatchObject({
      code: 'E_NOTIMPL',
      message: expect.stringMatching(/is for Windows: under systemd, the unit .*whorl\.service.*package of Debian/),
    });
  },
);
