/** What the module of a reader turned out to make. */

import type { MatchingDeviceSource } from '../../adapters/matching-device.ts';
import type { SensorSource } from '../../adapters/sensor-adapter.ts';

export type LoadedReader =
  | { readonly kind: 'sensor'; readonly source: SensorSource }
  | { readonly kind: 'device'; readonly source: MatchingDeviceSource };
