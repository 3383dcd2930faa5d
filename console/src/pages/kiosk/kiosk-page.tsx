/** The same enrollment for the person in front of it: the whole screen, few words, huge type. */

import { useEffect } from 'preact/hooks';
import { address, go, linkTo } from '../../browser/address.ts';
import { enrollmentRun } from '../../enrollment/enrollment-run.ts';
import { stageWords } from '../../enrollment/stage-words.ts';
import { LanguageChoice } from '../../frame/choices.tsx';
import { Logo } from '../../frame/logo.tsx';
import { PageFrame } from '../../frame/page.tsx';
import type { PageProps } from '../../frame/page-props.ts';
import { Fault } from '../../parts/alert.tsx';
import { GrowingPrint } from '../../parts/growing-print.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Progress } from '../../parts/meter.tsx';
import { speakAloud } from '../../parts/sounds.ts';
import { touchPad } from '../../touch/touch-pad.ts';
import { t } from '../../words/catalogue.ts';
import { fingerWords } from '../../words/finger-words.ts';

/** How long the thanks stay. */
const THANKS_MS = 8000;

export function KioskPage({ service }: PageProps) {
  const { token } = address.value.query;
  const kept = enrollmentRun.kept.value;
  const fault = enrollmentRun.fault.value;
  const back = linkTo('enroll', [], token === undefined ? {} : { token });
  useEffect(() => {
    if (token !== undefined) enrollmentRun.resume(service, token);
  }, [service, token]);
  const cells = enrollmentRun.cells.value;
  const touches = enrollmentRun.touches.value;
  const words = kept && stageWords(kept, cells, touches.at(-1));
  const say = kept === undefined || words === undefined ? '' : sayOf(kept.stage, kept.name, words.say);
  const more = words?.trouble?.text ?? words?.more ?? '';
  useEffect(() => {
    if (say !== '') speakAloud(`${say}. ${more}`);
  }, [say, more]);
  const isSaved = kept?.stage === 'saved';
  useEffect(() => {
    if (!isSaved) return;
    const timer = setTimeout(() => go(back), THANKS_MS);
    return () => clearTimeout(timer);
  }, [isSaved]);
  useEffect(() => {
    document.title = t('window', { page: t('enroll.title') });
  }, []);
  const place = service.places.value.find(({ reader }) => reader === kept?.reader);
  const virtual = place && service.virtualNameOf(place);
  useEffect(() => {
    if (virtual === undefined) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== ' ' || (event.target instanceof HTMLElement && event.target.closest('button, a') !== null))
        return;
      event.preventDefault();
      void touchPad.touch(service.client.virtualReader(virtual));
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [virtual]);
  if (fault !== undefined && kept === undefined) {
    return (
      <PageFrame title={t('enroll.title')}>
        <Fault
          words={fault}
          actions={
            <a class="btn small" href={linkTo('enroll')}>
              {t('enroll.again')}
            </a>
          }
        />
      </PageFrame>
    );
  }
  if (kept === undefined || words === undefined) return <div class="full" aria-busy="true" />;
  const { stage, name, subFactor, percentComplete } = kept;
  const footnote =
    stage === 'duplicate'
      ? t('kiosk.askDesk')
      : isSaved
        ? t('kiosk.youCanGo')
        : stage === 'complete'
          ? t('kiosk.press')
          : more;
  const isDone = stage === 'complete' || isSaved;
  const mood =
    stage === 'duplicate' || stage === 'ended' || stage === 'waiting'
      ? 'bad'
      : words.trouble !== undefined
        ? 'warn'
        : isDone
          ? 'good'
          : '';
  return (
    <div class="full" data-enrollment={stage}>
      <header class="full-head">
        <Logo />
        <b>
          <bdi>{name}</bdi>
        </b>
        <span class="quiet">{fingerWords(subFactor)}</span>
        <span class="grow" />
        <LanguageChoice />
      </header>
      <main class="kiosk-body">
        <GrowingPrint
          label={t('stage.progress')}
          cells={cells}
          isWaiting={stage === 'touch' && touches.length === 0}
          isDim={mood === 'bad'}
          isComplete={isDone}
          edges={words.edges ?? {}}
          arrow={words.arrow}
        />
        <div class="kiosk-say" role="status">
          <h1 class={`huge-say ${mood}`} tabIndex={-1}>
            {say}
          </h1>
          <p class="huge-sub">{footnote}</p>
          {mood !== 'bad' && <Progress label={t('stage.progress')} percent={isDone ? 100 : percentComplete} />}
        </div>
      </main>
      <footer class="full-foot">
        {stage === 'complete' && (
          <button type="button" class="btn huge primary" onClick={() => void enrollmentRun.save()}>
            <Icon name="check" />
            {t('kiosk.save')}
          </button>
        )}
        <a class={isSaved ? 'btn huge primary' : 'btn huge'} href={back}>
          {isSaved ? t('done') : t('back')}
        </a>
        <span class="grow" />
        <span class="quiet small">{t('kiosk.noPicture')}</span>
      </footer>
    </div>
  );
}

function sayOf(stage: string, name: string, otherwise: string): string {
  const [first = name] = name.split(' ');
  if (stage === 'saved') return t('kiosk.thanks', { name: first });
  if (stage === 'complete') return t('kiosk.complete', { name: first });
  if (stage === 'duplicate') return t('kiosk.known');
  return otherwise;
}
