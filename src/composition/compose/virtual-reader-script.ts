/** The extension that drives virtual readers: touches, bad samples, faults, and the cable. */

import { BiometricError } from '../../core/biometric-error.ts';
import { WINBIO_FP_POOR_QUALITY } from '../../core/constants.ts';
import type { GreyImage } from '../../core/grey-image.ts';
import type { VirtualReader } from '../../sensors/virtual/virtual-reader.ts';
import { isPrivileged } from '../../service/access/principal.ts';
import type { Extension } from '../connection/extensions.ts';
import type { SynthesisTask } from '../threads/synthesis-task.ts';

/** Most pixels of an image that is presented. */
const MAX_PIXELS = 4096 * 4096;

/** Makes the extension; `synthesize` grows the impressions of synthetic fingers. */
export function virtualReaderScript(
  readers: ReadonlyMap<string, VirtualReader>,
  synthesize: (task: SynthesisTask) => Promise<GreyImage>,
): Extension {
  return async (body, principal) => {
    if (!isPrivileged(principal)) throw new BiometricError('E_ACCESSDENIED', 'only an administrator drives readers');
    const action = fields(body);
    const reader = readers.get(String(action.reader));
    if (reader === undefined) throw unknownReader(action.reader, readers);
    switch (action.kind) {
      case 'touch':
        return await reader.touch(await synthesize(syntheticFinger(action)));
      case 'preview':
        return await synthesize(syntheticFinger(action));
      case 'present':
        return await reader.touch(imageOf(action.image));
      case 'reject': {
        const detail = whole(action.detail ?? WINBIO_FP_POOR_QUALITY, 'detail', 0xffffffff);
        return reader.presentRejected(detail) ? 'captured' : 'lost';
      }
      case 'hang':
        return reader.hang();
      case 'release':
        return reader.release();
      case 'fault':
        return reader.fault();
      case 'unplug':
        return reader.unplug();
      case 'plug':
        return reader.plug();
      default:
        throw new BiometricError('E_INVALIDARG', `a virtual reader cannot ${String(action.kind).slice(0, 32)}`);
    }
  };
}

function unknownReader(name: unknown, readers: ReadonlyMap<string, VirtualReader>): BiometricError {
  const known = [...readers.keys()].join(', ') || 'none';
  return new BiometricError(
    'E_INVALIDARG',
    `there is no virtual reader named ${String(name).slice(0, 64)}; there are ${known}`,
  );
}

function fields(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null) throw new BiometricError('E_INVALIDARG', 'an action is an object');
  return body as Readonly<Record<string, unknown>>;
}

const PX_PER_MM = 500 / 25.4;

function syntheticFinger(action: Readonly<Record<string, unknown>>): SynthesisTask {
  return {
    kind: 'synthesize',
    person: whole(action.person, 'person', 0xffffffff),
    finger: whole(action.finger, 'finger', 10),
    impression: whole(action.impression ?? 0, 'impression', 0xffffffff),
    placement: placementOf(fields(action.placement ?? {})),
  };
}

function placementOf({ shiftXMm, shiftYMm, rotationDeg, pressure }: Readonly<Record<string, unknown>>) {
  return {
    ...(shiftXMm !== undefined && { shiftXPx: PX_PER_MM * within(shiftXMm, 'shiftXMm', -50, 50) }),
    ...(shiftYMm !== undefined && { shiftYPx: PX_PER_MM * within(shiftYMm, 'shiftYMm', -50, 50) }),
    ...(rotationDeg !== undefined && { rotationRad: (Math.PI / 180) * within(rotationDeg, 'rotationDeg', -180, 180) }),
    ...(pressure !== undefined && { pressure: within(pressure, 'pressure', 0, 1) }),
  };
}

function within(value: unknown, name: string, least: number, most: number): number {
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw new BiometricError('E_INVALIDARG', `placement.${name} is a number from ${least} to ${most}`);
}

function whole(value: unknown, name: string, most: number): number {
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= most) return Number(value);
  throw new BiometricError('E_INVALIDARG', `${name} is a whole number up to ${most}`);
}

function imageOf(value: unknown): GreyImage {
  const { widthPx, heightPx, resolutionPpi, pixels } = fields(value);
  const width = whole(widthPx, 'image.widthPx', MAX_PIXELS);
  const height = whole(heightPx, 'image.heightPx', MAX_PIXELS);
  const size = width * height;
  if (!(pixels instanceof Uint8Array) || pixels.length !== size || size === 0 || size > MAX_PIXELS) {
    throw new BiometricError('E_INVALIDARG', 'image.pixels has widthPx x heightPx bytes');
  }
  if (!(typeof resolutionPpi === 'number' && resolutionPpi > 0)) {
    throw new BiometricError('E_INVALIDARG', 'image.resolutionPpi is a positive number');
  }
  return { widthPx: width, heightPx: height, resolutionPpi, pixels };
}
