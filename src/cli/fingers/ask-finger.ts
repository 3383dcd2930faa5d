/** Asks the person at the terminal which finger to enroll. */

import { BiometricError } from '../../core/biometric-error.ts';
import { FINGERS, type FingerName, fingerName } from '../../exports/whorl/index.ts';

/** Marks the fingers in `enrolled`. Rejects with E_INVALIDARG without a terminal, WINBIO_E_CANCELED on Ctrl+C. */
export async function askFinger(enrolled: readonly number[]): Promise<FingerName> {
  if (!process.stdin.isTTY) {
    throw new BiometricError('E_INVALIDARG', `--finger: give one of ${Object.keys(FINGERS).join(', ')}`);
  }
  const known = enrolled.map((subFactor) => fingerName(subFactor));
  const prompts = await import('@clack/prompts');
  const finger = await prompts.select({
    message: 'Which finger?',
    initialValue: 'right-index' as FingerName,
    options: (Object.keys(FINGERS) as FingerName[]).map((value) => ({
      value,
      label: value.replace('-', ' '),
      ...(known.includes(value) && { hint: 'enrolled' }),
    })),
  });
  if (!prompts.isCancel(finger)) return finger;
  process.exitCode = 130;
  throw new BiometricError('WINBIO_E_CANCELED', 'no finger was chosen');
}
