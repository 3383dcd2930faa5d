/** The quality of the last sample, in parts and in words. */

import type { SampleReport } from '../../../src/exports/whorl/client/browser.ts';

/** Least quality of a good and of a fair sample. ISO/IEC 29794-1 leaves the scale to the algorithm. */
const GOOD = 60;
const FAIR = 35;

export function qualityWord(quality: number): 'good' | 'fair' | 'poor' {
  if (quality >= GOOD) return 'good';
  return quality >= FAIR ? 'fair' : 'poor';
}

export function Quality({ report }: { readonly report: SampleReport }) {
  const { quality, areaMm2, clarity, ridgeShare, evenness, advice } = report;
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  return (
    <section class="quality" aria-label="Quality of the last sample">
      <Meter
        name="quality"
        share={quality / 100}
        text={`${Math.round(quality)}, ${qualityWord(quality)}`}
        level={qualityWord(quality)}
      />
      <Meter name="clear ridges" share={clarity} text={percent(clarity)} />
      <Meter name="even contrast" share={evenness} text={percent(evenness)} />
      <Meter name="dark share" share={ridgeShare} text={percent(ridgeShare)} hint="dry on the left, wet on the right" />
      <p class="fact">
        <span>skin on the sensor</span>
        <b>{Math.round(areaMm2)} mm²</b>
      </p>
      {advice.length > 0 && (
        <ul class="advice">
          {advice.map(({ flaw, words }) => (
            <li key={flaw}>{words}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

interface MeterProps {
  readonly name: string;
  /** 0 to 1. */
  readonly share: number;
  readonly text: string;
  readonly level?: 'good' | 'fair' | 'poor';
  readonly hint?: string;
}

export function Meter({ name, share, text, level, hint }: MeterProps) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, share)));
  return (
    <div class="meter-row" title={hint}>
      <span class="meter-name">{name}</span>
      <meter
        class={`meter${level === undefined ? '' : ` meter-${level}`}`}
        aria-label={name}
        aria-valuetext={text}
        min={0}
        max={100}
        value={percent}
      />
      <span class="meter-text">{text}</span>
    </div>
  );
}
