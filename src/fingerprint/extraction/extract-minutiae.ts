/** Extraction: from an image to minutiae, a line or two per stage. See docs/engine.md. */

import type { GreyImage } from '../../core/grey-image.ts';
import type { Minutia } from '../minutia.ts';
import type { Texture } from '../texture.ts';
import { envelopeSmooth } from './envelope-smooth.ts';
import { type ExtractionKernel, extractionKernel } from './extraction-kernel.ts';
import { gaborResponse } from './gabor-filter.ts';
import { rateMinutiae } from './minutia-quality.ts';
import { normalize } from './normalization.ts';
import { cancelOppositePairs } from './opposite-pairs.ts';
import { firstOrientation, secondOrientation } from './orientation.ts';
import { phaseResidues } from './phase-residues.ts';
import type { CellMask, OrientationField } from './planes.ts';
import { qualityComponents } from './quality-components.ts';
import { resample } from './resample.ts';
import { ridgePeriod } from './ridge-period.ts';
import type { SampleJudgement, SampleQuality } from './sample-quality.ts';
import { sampleQuality } from './sample-quality.ts';
import { segment } from './segmentation.ts';
import { sampleTexture } from './texture-samples.ts';
import type { StageKey, StageRecord, TransparencySink } from './transparency.ts';

/** Minutiae and maps of an image, at 500 ppi. */
export interface Extraction {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Best quality first. */
  readonly minutiae: readonly Minutia[];
  readonly quality: SampleQuality;
  readonly mask: CellMask;
  readonly orientation: OrientationField;
  /** Position on the geometric scale of periods, per cell. */
  readonly ridgePeriod: Float32Array;
  /** Phase samples between the minutiae; absent when there are none. */
  readonly texture?: Texture;
}

/** What watches an extraction, and how it judges. */
export interface ExtractionWatch extends SampleJudgement {
  /** Receives what each stage produced; nothing when absent. */
  readonly transparency?: TransparencySink;
  /** Called after each stage; what it throws ends the extraction. */
  readonly checkpoint?: () => void;
}

/** Minutiae and maps of an image; without a finger, no minutiae. Throws as {@link resample} does. */
export function extractMinutiae(image: GreyImage, watch: ExtractionWatch = {}): Extraction {
  const kernel = extractionKernel();
  return kernel.memory.scope(() => runStages(kernel, image, watch));
}

/** All planes lie in the kernel's memory and are gone afterwards, so results are copies. */
function runStages(
  kernel: ExtractionKernel,
  image: GreyImage,
  { transparency, checkpoint, ...judgement }: ExtractionWatch,
): Extraction {
  const record = (key: StageKey, build: () => StageRecord): void => {
    if (transparency?.accepts(key)) transparency.take(key, copyOf(build()));
    checkpoint?.();
  };
  const grey = resample(kernel, image);
  const { widthPx, heightPx } = grey;
  record('resampled-image', () => ({ width: widthPx, height: heightPx, arrays: { grey: grey.values } }));

  const mask = segment(kernel, grey);
  const { columns: width, rows: height } = mask;
  record('mask', () => ({ width, height, arrays: { mask: mask.cells } }));

  const normal = normalize(kernel, grey, mask);
  const lines = normal.values.length / normal.stridePx;
  record('normalized-image', () => ({ width: normal.stridePx, height: lines, arrays: { normal: normal.values } }));

  const first = firstOrientation(kernel, normal, mask);
  record('first-orientation', () => ({ width, height, arrays: { cos2: first.cos2, sin2: first.sin2 } }));

  const period = ridgePeriod(kernel, normal, first, mask);
  record('ridge-period', () => ({ width, height, arrays: { period } }));

  const smooth = envelopeSmooth(normal, mask);
  const coarse = gaborResponse(kernel, normal, smooth, first, period, mask, 2);
  record('first-response', () => ({ ...coarse, arrays: { even: coarse.even, odd: coarse.odd } }));

  const orientation = secondOrientation(kernel, coarse, mask);
  record('second-orientation', () => ({ width, height, arrays: { cos2: orientation.cos2, sin2: orientation.sin2 } }));

  const response = gaborResponse(kernel, normal, smooth, orientation, period, mask, 1);
  record('second-response', () => ({ ...response, arrays: { even: response.even, odd: response.odd } }));

  const residues = phaseResidues(kernel, { widthPx, heightPx, response, orientation, period, mask });
  record('phase-residues', () => minutiaRecord(widthPx, heightPx, residues));

  const single = cancelOppositePairs(residues);
  record('uncancelled-residues', () => minutiaRecord(widthPx, heightPx, single));

  const minutiae = rateMinutiae(single, response, normal);
  record('minutiae', () => minutiaRecord(widthPx, heightPx, minutiae));
  const texture = sampleTexture(kernel, { widthPx, heightPx, response, normal, orientation, period, mask });
  const found = { grey, mask, orientation, residues };
  const quality = sampleQuality(qualityComponents(kernel, found, response, normal), minutiae.length, judgement);
  const field = { ...orientation, cos2: orientation.cos2.slice(), sin2: orientation.sin2.slice() };
  const maps = { mask, orientation: field, ridgePeriod: period };
  return { widthPx, heightPx, minutiae, quality, ...maps, ...(texture && { texture }) };
}

function copyOf(record: StageRecord): StageRecord {
  const arrays = Object.entries(record.arrays).map(([name, array]) => [name, array.slice()]);
  return { ...record, arrays: Object.fromEntries(arrays) };
}

function minutiaRecord(width: number, height: number, minutiae: readonly Minutia[]): StageRecord {
  const column = (value: (m: Minutia) => number) => Float32Array.from(minutiae, value);
  return {
    width,
    height,
    arrays: {
      xPx: column((m) => m.xPx),
      yPx: column((m) => m.yPx),
      directionRad: column((m) => m.directionRad),
      bifurcation: column((m) => (m.type === 'bifurcation' ? 1 : 0)),
      quality: column((m) => m.quality),
    },
  };
}
