/** The state of the service in a few words: a dot, and how old the last answer is. */

import { useContext } from 'preact/hooks';
import { LinkContext } from '../frame/service-alert.tsx';
import type { Key } from '../languages/catalogue.ts';
import { nowMs } from '../service/clock.ts';
import type { Pulse } from '../service/heartbeat.ts';
import { t } from '../words/catalogue.ts';
import { spanText } from '../words/formats.ts';

const DOTS: Readonly<Record<Pulse, string>> = { answers: 'ok', late: 'late', stale: 'late', off: 'off' };
const WORDS: Readonly<Record<Pulse, Key>> = {
  answers: 'pulse.answers',
  late: 'pulse.late',
  stale: 'pulse.silent',
  off: 'pulse.silent',
};

export function PulseWords() {
  const state = useContext(LinkContext)?.state.value;
  if (state === undefined) return null;
  if (state.kind !== 'connected') {
    const words = state.kind === 'connecting' ? t('pulse.connecting') : t('pulse.notConnected');
    return <Dot kind={state.kind} dot={state.kind === 'connecting' ? '' : 'off'} words={words} />;
  }
  const { pulse, lastMs } = state.service.heartbeat;
  const age = Math.max(0, nowMs.value - lastMs.value);
  return (
    <Dot
      kind={pulse.value === 'answers' ? 'connected' : pulse.value}
      dot={DOTS[pulse.value]}
      words={t(WORDS[pulse.value] as 'pulse.answers')}
      more={pulse.value === 'answers' ? undefined : t('pulse.lastAnswer', { span: spanText(age) })}
    />
  );
}

interface DotProps {
  readonly kind: string;
  readonly dot: string;
  readonly words: string;
  readonly more?: string | undefined;
}

function Dot({ kind, dot, words, more }: DotProps) {
  return (
    <p class="pulse" role="status" data-link={kind} title={words}>
      <span class={`dot ${dot}`} aria-hidden="true" />
      <span class="words">
        {words}
        {more !== undefined && (
          <span class="pulse-age">
            {' '}
            <span class="quiet">{more}</span>
          </span>
        )}
      </span>
    </p>
  );
}
