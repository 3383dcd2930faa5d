/** SIDs of services. */

import { expect, test } from 'vitest';
import { serviceSid } from './service-sid.ts';

test('the SID of a service is that which Windows publishes for it', () => {
  // https://learn.microsoft.com/windows-server/identity/ad-ds/manage/understand-security-identifiers
  const installer = 'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464';
  expect([serviceSid('TrustedInstaller'), serviceSid('trustedinstaller')]).toEqual([installer, installer]);
});
