/** The list of keys is open while true. */

import { signal } from '@preact/signals';

export const helping = signal(false);
