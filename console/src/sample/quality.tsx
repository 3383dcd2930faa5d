/** The quality of a sample, in parts and in words. */

import type { SampleReport } from '../../../src/exports/whorl/client/browser.ts';
import { Meter } from '../parts/meter.tsx';
import { t } from '../words/catalogue.ts';
import { numberText, shareText } from '../words/formats.ts';
import { adviceWords } from '../words/reject-words.ts';
import { qualityLevel, qualityWords } from '../words/score-words.ts';

export function Quality({ report }: { readonly report: SampleReport }) {
  const { quality, areaMm2, clarity, ridgeShare, evenness } = report;
  const advice = adviceWords(report);
  return (
    <>
      <dl class="facts quality">
        <dt>{t('quality')}</dt>
        <dd>
          <Meter
            label={t('quality')}
            share={quality / 100}
            text={qualityWords(quality)}
            mood={qualityLevel(quality) === 'good' ? 'ok' : 'warn'}
          />
          <span class="small">{qualityWords(quality)}</span>
        </dd>
        {(
          [
            ['quality.ridges', clarity],
            ['quality.contrast', evenness],
            ['quality.dark', ridgeShare],
          ] as const
        ).map(([label, share]) => (
          <div class="contents" key={label}>
            <dt>{t(label)}</dt>
            <dd>
              <Meter label={t(label)} share={share} text={shareText(share)} />
              <span class="small">{shareText(share)}</span>
            </dd>
          </div>
        ))}
        <dt>{t('quality.skin')}</dt>
        <dd>{t('unit.mm2', { value: numberText(Math.round(areaMm2)) })}</dd>
      </dl>
      {advice !== undefined && (
        <p class="small quiet">
          {advice.reason} {advice.advice}
        </p>
      )}
    </>
  );
}
