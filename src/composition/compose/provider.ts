/** The service provider Whorl has: fingerprints. */

import { WINBIO_TYPE_FINGERPRINT } from '../../core/constants.ts';
import type { ProviderDescription } from '../../core/operation-result.ts';

export const FINGERPRINT_PROVIDER: ProviderDescription = Object.freeze({
  factor: WINBIO_TYPE_FINGERPRINT,
  providerId: '2C7D8F54-1B3A-4E90-A6C2-5D0E9B7F4813',
  description: 'Whorl fingerprint service provider',
  vendor: 'Whorl',
  version: Object.freeze({ major: 0, minor: 1 }),
});
