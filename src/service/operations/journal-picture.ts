/** The picture of a sample for the journal, where policy keeps it. */

import { hresultOf } from '../../core/biometric-error.ts';
import { codeName } from '../../core/codes.ts';
import { WINBIO_CAPABILITY_SECURE_SENSOR } from '../../core/constants.ts';
import type { JournalKind } from '../../core/journal-line.ts';
import type { ServiceContext } from '../context.ts';
import type { Unit } from '../units/unit.ts';

/** Lines of those who count. */
const WELCOME: ReadonlySet<JournalKind> = new Set(['recognised', 'verified']);

/** A PNG; undefined where policy keeps none, the sensor is secure, or the engine cannot show its work. Never rejects. */
export async function journalPicture(
  { journal, logger }: ServiceContext,
  unit: Unit,
  kind: JournalKind,
  sample: Uint8Array,
): Promise<{ readonly picture?: Uint8Array }> {
  const wanted = journal?.policy.pictures ?? 'none';
  if (wanted === 'none' || (wanted === 'refused' && WELCOME.has(kind))) return {};
  const { engine, sensor, removal: signal } = unit;
  const secure = (sensor.info.capabilities & WINBIO_CAPABILITY_SECURE_SENSOR) !== 0;
  if (secure || engine.describe === undefined || journal?.draw === undefined) return {};
  try {
    const { image } = await engine.describe(sample, undefined, { signal });
    return { picture: await journal.draw(image) };
  } catch (thrown) {
    logger.warn('a line has no picture', { unitId: unit.unitId, code: codeName(hresultOf(thrown)) });
    return {};
  }
}
