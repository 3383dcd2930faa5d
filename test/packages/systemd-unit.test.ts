/** The unit file keeps the service in bounds, by the measure of systemd itself. */

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';

const ANALYZE = '/usr/bin/systemd-analyze';
/** Out of 10, for services that root could as well be; in tenths. */
const MOST_EXPOSURE = 20;

test.skipIf(!existsSync(ANALYZE))('the exposure of the unit is below 2.0 (needs systemd-analyze)', () => {
  const unit = 'packages/daemon/systemd/whorl.service';
  // It fails where the exposure is higher, and says by which setting.
  const args = ['security', '--offline=true', '--no-pager', `--threshold=${MOST_EXPOSURE}`, unit];
  expect(execFileSync(ANALYZE, args, { encoding: 'utf8' })).toContain('Overall exposure level for whorl.service');
});
