/** Tries a reader: shows what it sees, and keeps nothing. */

import { useSignal } from '@preact/signals';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ReaderPlace } from '../../../../src/exports/whorl/client/browser.ts';
import { Alert, Fault } from '../../parts/alert.tsx';
import { Icon } from '../../parts/icon.tsx';
import { LiveSample } from '../../sample/live-sample.tsx';
import { Quality } from '../../sample/quality.tsx';
import { SampleWatch } from '../../sample/sample-watch.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { touchPad } from '../../touch/touch-pad.ts';
import { t } from '../../words/catalogue.ts';
import { type FaultWords, faultWords } from '../../words/fault-words.ts';
import { type RejectWords, rejectWords } from '../../words/reject-words.ts';

type TestState =
  | { readonly kind: 'idle' | 'waiting' | 'captured' }
  | { readonly kind: 'rejected'; readonly words: RejectWords }
  | { readonly kind: 'failed'; readonly words: FaultWords };

export interface TestCaptureProps {
  readonly service: ConnectedService;
  readonly place: ReaderPlace;
  /** Told when a touch was good. */
  readonly onGood?: () => void;
}

export function TestCapture({ service, place, onGood }: TestCaptureProps) {
  const state = useSignal<TestState>({ kind: 'idle' });
  const watch = useMemo(() => new SampleWatch(), [service, place.reader]);
  const stop = useRef(new AbortController());
  useEffect(
    () => () => {
      stop.current.abort();
      watch.stop();
    },
    [watch],
  );
  const virtual = service.virtualNameOf(place);
  const test = async () => {
    stop.current.abort();
    stop.current = new AbortController();
    const { signal } = stop.current;
    state.value = { kind: 'waiting' };
    try {
      await watch.start(service);
      await using session = await service.client.openSession({ access: ['raw'], readers: [place.reader] });
      const outcome = await session.capture({ signal });
      if (outcome.kind === 'rejected')
        state.value = { kind: 'rejected', words: rejectWords(outcome.detail, outcome.report) };
      else {
        state.value = { kind: 'captured' };
        onGood?.();
      }
      watch.stopSoon();
    } catch (thrown) {
      if (!signal.aborted) state.value = { kind: 'failed', words: faultWords(thrown) };
    }
  };
  const touch = () => virtual !== undefined && void touchPad.touch(service.client.virtualReader(virtual));
  const sample = watch.recent.value.at(-1);
  const isWaiting = state.value.kind === 'waiting';
  return (
    <section class="stack-3" aria-labelledby="test-title">
      <h3 id="test-title">{t('test.title')}</h3>
      <div role="status" class="stack-2" data-test={state.value.kind}>
        {isWaiting && <p>{t('test.waiting')}</p>}
        {state.value.kind === 'captured' && (
          <Alert mood="ok" title={t('test.good')}>
            <p>{t('test.nothingKept')}</p>
          </Alert>
        )}
        {state.value.kind === 'rejected' && (
          <Alert mood="warn" title={state.value.words.reason}>
            <p>{state.value.words.advice}</p>
          </Alert>
        )}
        {state.value.kind === 'failed' && <Fault words={state.value.words} />}
      </div>
      {sample?.picture !== undefined && <LiveSample picture={sample.picture} count={watch.count.value} />}
      {sample?.values.report !== undefined && <Quality report={sample.values.report} />}
      <div class="actions">
        <button type="button" class="btn small" disabled={isWaiting} onClick={() => void test()}>
          <Icon name="finger" />
          {state.value.kind === 'idle' ? t('test.start') : t('test.again')}
        </button>
        {isWaiting && virtual !== undefined && (
          <button type="button" class="btn small primary" onClick={touch}>
            {t('pad.touch')}
          </button>
        )}
        {isWaiting && (
          <button
            type="button"
            class="btn small"
            onClick={() => {
              stop.current.abort();
              state.value = { kind: 'idle' };
            }}
          >
            {t('cancel')}
          </button>
        )}
      </div>
      {state.value.kind === 'idle' && <p class="xs quiet">{t('test.nothingKept')}</p>}
    </section>
  );
}
