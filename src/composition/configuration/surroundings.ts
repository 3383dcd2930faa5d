/** The environment of this process. */

import { homedir } from 'node:os';
import type { Surroundings } from '../../protocol/service-address.ts';

export const SURROUNDINGS: Surroundings = Object.freeze({
  environment: process.env,
  homeDirectory: homedir(),
  platform: process.platform,
});
