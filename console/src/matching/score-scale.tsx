/** A score on a scale with its threshold, and in words. */

import { t } from '../words/catalogue.ts';
import { fixedText } from '../words/formats.ts';
import { rateWords } from '../words/score-words.ts';

export interface ScoreScaleProps {
  readonly score: number;
  readonly threshold: number | undefined;
}

export function ScoreScale({ score, threshold }: ScoreScaleProps) {
  const top = Math.max(10, Math.ceil(score), Math.ceil((threshold ?? 0) * 1.5));
  const at = (value: number) => `${Math.min(100, Math.max(0, (100 * value) / top))}%`;
  const isMatch = threshold === undefined || score >= threshold;
  return (
    <>
      <div
        class="scale"
        role="img"
        aria-label={t('expert.scoreOf', { score: fixedText(score, 2), threshold: fixedText(threshold ?? 0, 2) })}
      >
        {threshold !== undefined && (
          <>
            <span class="at limit" style={{ left: at(threshold) }} />
            <span class="lab down" style={{ left: at(threshold) }}>
              {t('expert.threshold')} {fixedText(threshold, 2)}
            </span>
          </>
        )}
        <span class="at" style={{ left: at(score) }} />
        <span class="lab up" style={{ left: at(score) }}>
          <b>
            {t('expert.score')} {fixedText(score, 2)}
          </b>
        </span>
      </div>
      <p class="small quiet">
        {isMatch
          ? t('expert.rate', { rate: rateWords(score) })
          : t('expert.needs', { rate: rateWords(threshold ?? 0) })}
      </p>
    </>
  );
}
