/** Compares two image files, in the browser: nothing leaves it. */

import { useSignal } from '@preact/signals';
import { useCallback, useMemo } from 'preact/hooks';
import type { Minutia } from '../../../../src/exports/fingerprint/index.ts';
import type { MinutiaMark } from '../../../../src/exports/whorl/client/browser.ts';
import { linkTo } from '../../browser/address.ts';
import { PageFrame } from '../../frame/page.tsx';
import { ScoreScale } from '../../matching/score-scale.tsx';
import { Alert, Fault } from '../../parts/alert.tsx';
import { Canvas } from '../../parts/canvas.tsx';
import { Icon } from '../../parts/icon.tsx';
import { drawMinutiae, greyPicture, strokeAll } from '../../sample/draw-sample.ts';
import { engineSize, type Frame, frameIn, pointIn } from '../../sample/overlay.ts';
import { useWork } from '../../service/use-work.ts';
import { type ImageFile, readImage } from '../../touch/image-file.ts';
import { t } from '../../words/catalogue.ts';
import { rejectWords } from '../../words/reject-words.ts';
import { qualityWords } from '../../words/score-words.ts';

interface Side {
  readonly file: ImageFile;
  /** Undefined when no finger was found in it. */
  readonly features: Uint8Array | undefined;
  readonly quality: number;
  readonly marks: readonly MinutiaMark[];
  /** Why it cannot be compared. */
  readonly trouble: string | undefined;
}

interface Comparison {
  readonly score: number;
  readonly threshold: number;
  readonly pairs: readonly (readonly [probe: MinutiaMark, reference: MinutiaMark])[];
}

export function ComparePage() {
  const sides = [useSignal<Side | undefined>(undefined), useSignal<Side | undefined>(undefined)] as const;
  const result = useSignal<Comparison | undefined>(undefined);
  const work = useWork();
  const take = (index: 0 | 1, file: File | undefined) => {
    if (file === undefined) return;
    void work.run(async () => {
      sides[index].value = await readSide(await readImage(file));
      result.value = await compared(sides[0].value, sides[1].value);
    });
  };
  const [left, right] = [sides[0].value, sides[1].value];
  return (
    <PageFrame title={t('compare.title')} crumb={<a href={linkTo('developers')}>{t('nav.developers')}</a>}>
      <p class="quiet">{t('compare.text')}</p>
      {work.fault !== undefined && <Fault words={work.fault} />}
      <div class="cols">
        <FileSide label={t('compare.first')} side={left} onTake={(file) => take(0, file)} />
        <FileSide label={t('compare.second')} side={right} onTake={(file) => take(1, file)} />
      </div>
      {result.value !== undefined && left !== undefined && right !== undefined && (
        <section
          class="card"
          aria-label={t('identify.answer')}
          data-compared={result.value.score >= result.value.threshold ? 'match' : 'non-match'}
        >
          {result.value.score >= result.value.threshold ? (
            <Alert mood="ok" title={t('compare.same')} arrives>
              <p>{t('compare.pairs', { count: result.value.pairs.length })}</p>
            </Alert>
          ) : (
            <Alert mood="warn" title={t('compare.different')} arrives>
              <p>{t('compare.pairs', { count: result.value.pairs.length })}</p>
            </Alert>
          )}
          <ScoreScale score={result.value.score} threshold={result.value.threshold} />
          <PairsPicture left={left} right={right} pairs={result.value.pairs} />
        </section>
      )}
    </PageFrame>
  );
}

interface FileSideProps {
  readonly label: string;
  readonly side: Side | undefined;
  readonly onTake: (file: File | undefined) => void;
}

function FileSide({ label, side, onTake }: FileSideProps) {
  return (
    <section class="card" aria-label={label}>
      <h2>{label}</h2>
      <label
        class="drop"
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          onTake(event.dataTransfer?.files[0]);
        }}
      >
        <Icon name="upload" />
        <span>{side === undefined ? t('compare.drop') : <bdi class="ink">{side.file.name}</bdi>}</span>
        <input
          class="sr"
          type="file"
          aria-label={label}
          accept=".png,.bmp,.tif,.tiff,.wsq,.pgm,.jp2,image/*"
          onChange={(event) => onTake(event.currentTarget.files?.[0])}
        />
      </label>
      {side !== undefined && (
        <p class="small quiet">
          {t('pad.file', {
            width: side.file.image.widthPx,
            height: side.file.image.heightPx,
            ppi: Math.round(side.file.image.resolutionPpi),
          })}{' '}
          {side.file.assumedPpi !== undefined && t('pad.assumed')}{' '}
          {side.features !== undefined &&
            `${t('quality')}: ${qualityWords(side.quality)}, ${t('compare.minutiae', { count: side.marks.length })}`}
        </p>
      )}
      {side?.trouble !== undefined && (
        <Alert mood="warn" title={side.trouble}>
          <p>{t('compare.another')}</p>
        </Alert>
      )}
    </section>
  );
}

async function readSide(file: ImageFile): Promise<Side> {
  const { extract } = await import('../../../../src/exports/fingerprint/index.ts');
  const extracted = extract(file.image);
  const quality = extracted.quality.value;
  if (extracted.kind === 'rejected') {
    return { file, features: undefined, quality, marks: [], trouble: rejectWords(extracted.detail).reason };
  }
  const { features, minutiae } = extracted;
  return { file, features, quality, marks: minutiae.map(markOf), trouble: undefined };
}

async function compared(left: Side | undefined, right: Side | undefined): Promise<Comparison | undefined> {
  if (left?.features === undefined || right?.features === undefined) return undefined;
  const { compare, pairMinutiae, thresholdForFmr, DEFAULT_FMR } = await import(
    '../../../../src/exports/fingerprint/index.ts'
  );
  const pairs = pairMinutiae(left.features, right.features).map(
    ({ probe, reference }) => [markOf(probe), markOf(reference)] as const,
  );
  return { score: compare(left.features, right.features), threshold: thresholdForFmr(DEFAULT_FMR), pairs };
}

function markOf({ xPx, yPx, directionRad, type, quality }: Minutia): MinutiaMark {
  return { xPx, yPx, directionRad, type: type === 'bifurcation' ? 'bifurcation' : 'ending', quality };
}

interface PairsPictureProps {
  readonly left: Side;
  readonly right: Side;
  readonly pairs: Comparison['pairs'];
}

const PAIRED = '#15803d';
const UNPAIRED = '#a3a3a3';
const GAP = 0.04;

function PairsPicture({ left, right, pairs }: PairsPictureProps) {
  const greys = useMemo(() => [greyPicture(left.file.image), greyPicture(right.file.image)] as const, [left, right]);
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      const half = (width * (1 - GAP)) / 2;
      const frames = [left, right].map(({ file }, i) => {
        const size = engineSize(file.image);
        const frame = frameIn({ x: i === 0 ? 0 : width - half, y: 0, width: half, height }, size.width, size.height);
        context.globalAlpha = 0.45;
        context.drawImage(greys[i as 0 | 1], frame.x, frame.y, size.width * frame.scale, size.height * frame.scale);
        context.globalAlpha = 1;
        return frame;
      }) as [Frame, Frame];
      context.strokeStyle = PAIRED;
      context.globalAlpha = 0.4;
      strokeAll(
        context,
        pairs.map(([probe, reference]) => {
          const [from, to] = [pointIn(frames[0], probe), pointIn(frames[1], reference)];
          return { fromX: from.x, fromY: from.y, toX: to.x, toY: to.y };
        }),
      );
      context.globalAlpha = 1;
      drawMinutiae(context, frames[0], left.marks, () => UNPAIRED);
      drawMinutiae(context, frames[1], right.marks, () => UNPAIRED);
      drawMinutiae(
        context,
        frames[0],
        pairs.map(([probe]) => probe),
        () => PAIRED,
      );
      drawMinutiae(
        context,
        frames[1],
        pairs.map(([, reference]) => reference),
        () => PAIRED,
      );
    },
    [left, right, greys, pairs],
  );
  const { widthPx, heightPx } = left.file.image;
  return (
    <div class="plate free">
      <Canvas
        label={t('compare.pairs', { count: pairs.length })}
        aspect={((2 + 2 * GAP) * widthPx) / heightPx}
        draw={draw}
      />
    </div>
  );
}
