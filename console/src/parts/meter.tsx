/** A bar for a share, with its value in words beside it for everyone. */

export interface MeterProps {
  readonly label: string;
  /** 0 to 1. */
  readonly share: number;
  readonly text: string;
  readonly mood?: 'ok' | 'warn';
}

export function Meter({ label, share, text, mood }: MeterProps) {
  const percent = Math.round(100 * Math.min(1, Math.max(0, share)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a meter element is not drawn alike by all browsers
    <span
      class={`meter ${mood ?? ''}`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={text}
    >
      <i style={{ inlineSize: `${percent}%` }} />
    </span>
  );
}

export interface ProgressProps {
  readonly label: string;
  readonly percent: number;
}

export function Progress({ label, percent }: ProgressProps) {
  return (
    <span
      class={percent >= 100 ? 'progress done' : 'progress'}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(percent)}
    >
      <i style={{ inlineSize: `${Math.min(100, percent)}%` }} />
    </span>
  );
}
