/** What the stage of an enrollment says: one statement, one sentence, an arrow. */

import type { EnrollmentTouch, KeptEnrollment } from '../../../src/exports/whorl/client/browser.ts';
import type { Edge, SeenCell } from '../parts/growing-print.tsx';
import { t } from '../words/catalogue.ts';
import { fingerWords } from '../words/finger-words.ts';
import { adviceWords, rejectWords, type Way } from '../words/reject-words.ts';
import { edgesOf } from './coverage-map.ts';

export interface StageWords {
  /** The statement. */
  readonly say: string;
  /** What to do about it. */
  readonly more?: string;
  /** What was wrong with the last touch. */
  readonly trouble?: { readonly title: string; readonly text: string };
  readonly arrow?: Way | undefined;
  readonly edges?: Readonly<Partial<Record<Edge, 'open' | 'next' | 'done'>>>;
  /** Where it stands: the middle of the finger, its edges, done. */
  readonly step: 0 | 1 | 2;
}

/** From here on the edges are asked for. */
const MIDDLE_SEEN_PERCENT = 40;
const ARROWS: Readonly<Record<Edge, Way>> = { left: 'left', right: 'right', tip: 'up', base: 'down' };

export function stageWords(
  kept: KeptEnrollment,
  cells: readonly SeenCell[],
  touch: EnrollmentTouch | undefined,
): StageWords {
  const { stage, percentComplete, name, subFactor } = kept;
  if (stage === 'complete' || stage === 'saved') {
    const say = t(stage === 'complete' ? 'stage.complete' : 'stage.saved', { name, finger: fingerWords(subFactor) });
    return { say, step: 2, edges: { left: 'done', right: 'done', tip: 'done', base: 'done' } };
  }
  if (stage === 'duplicate') return { say: t('stage.duplicate'), step: 1 };
  if (stage === 'ended') return { say: t('stage.ended'), step: 0 };
  if (stage === 'waiting') {
    return {
      say: kept.unitId === undefined ? t('stage.unplugged') : t('stage.othersTurn'),
      step: stepOf(percentComplete),
    };
  }
  if (touch === undefined) return { say: t('stage.touch'), more: t('stage.touch.more'), step: 0 };
  const hints = stepOf(percentComplete) === 0 ? {} : edgeHints(cells);
  if (touch.kind === 'rejected') {
    const { reason, advice, way } = rejectWords(touch.rejectDetail ?? 0, touch.report);
    return {
      say: t('stage.again'),
      ...hints,
      trouble: { title: reason, text: advice },
      arrow: way,
      step: stepOf(percentComplete),
    };
  }
  const advice = adviceWords(touch.report);
  const next = edgesOf(cells).open[0];
  if (stepOf(percentComplete) === 1 && next !== undefined) {
    return {
      say: t(`stage.edge.${next}`),
      more: t('stage.edgesLeft', { count: edgesOf(cells).open.length }),
      ...hints,
      step: 1,
    };
  }
  if (advice !== undefined)
    return {
      say: t('stage.next'),
      more: advice.advice,
      ...hints,
      arrow: advice.way ?? hints.arrow,
      step: stepOf(percentComplete),
    };
  const more = next === undefined ? t('stage.next.more') : t(`stage.bit.${next}`);
  return { say: t('stage.next'), more, arrow: next && ARROWS[next], step: stepOf(percentComplete) };
}

function stepOf(percent: number): 0 | 1 {
  return percent < MIDDLE_SEEN_PERCENT ? 0 : 1;
}

function edgeHints(cells: readonly SeenCell[]): Pick<StageWords, 'arrow' | 'edges'> {
  const { done, open } = edgesOf(cells);
  const [next] = open;
  const edges = Object.fromEntries([
    ...done.map((edge) => [edge, 'done'] as const),
    ...open.map((edge) => [edge, edge === next ? 'next' : 'open'] as const),
  ]);
  return { edges, arrow: next && ARROWS[next] };
}
