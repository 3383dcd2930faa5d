/** The environment of this process. */

import { homedir } from 'node:os';
import type { Surroundings } from '../../protocol/service-address.ts';

/** Environment variables, home directory and platform of this process. */
export const SURROUNDINGS: Surroundings = Object.freeze({
  environment: process.env,
  homeDirectory: homedir(),
  platform: process.platform,
});
