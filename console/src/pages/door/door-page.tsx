/** The screen beside a door: the whole screen, huge type, a tone and, where wanted, a voice. */

import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { type DoorAnswer, type DoorState, isBiometricError } from '../../../../src/exports/whorl/client/browser.ts';
import { address, linkTo } from '../../browser/address.ts';
import { preferences } from '../../browser/preferences.ts';
import { Logo } from '../../frame/logo.tsx';
import { PageFrame } from '../../frame/page.tsx';
import type { PageProps } from '../../frame/page-props.ts';
import { reasonWords } from '../../journal/line-words.ts';
import { Fault } from '../../parts/alert.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Icon, type IconName } from '../../parts/icon.tsx';
import { play, speakAloud } from '../../parts/sounds.ts';
import { nowMs } from '../../service/clock.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { t } from '../../words/catalogue.ts';
import { type FaultWords, faultWords } from '../../words/fault-words.ts';
import { longText, spanText, timeText } from '../../words/formats.ts';
import { rejectWords } from '../../words/reject-words.ts';

/** How long an answer stays. */
const SHOWN_MS = 5000;
/** A quiet door still answers: it is shown as off when nothing was heard for so long. */
const SILENT_MS = 10_000;

export function DoorPage({ service }: PageProps) {
  const name = service.account.screen ?? address.value.rest[0];
  if (name === undefined) return <ChooseDoor service={service} />;
  return <DoorScreen service={service} name={name} />;
}

function ChooseDoor({ service }: PageProps) {
  const doors = useAnswer(() => service.client.doors.list(), [service]);
  return (
    <PageFrame title={t('door.title')}>
      <section class="card">
        {doors.fault !== undefined && <Fault words={doors.fault} />}
        {doors.value?.length === 0 && <Empty title={t('doors.none')}>{t('door.makeOne')}</Empty>}
        {doors.value?.map((door) => (
          <a key={door.name} class="btn" href={linkTo('door', [door.name])}>
            <Icon name="door" />
            <bdi>{door.name}</bdi>
          </a>
        ))}
      </section>
    </PageFrame>
  );
}

function DoorScreen({ service, name }: PageProps & { readonly name: string }) {
  const door = useSignal<DoorState | undefined>(undefined);
  const heardMs = useSignal(Date.now());
  const fault = useSignal<FaultWords | undefined>(undefined);
  useEffect(() => {
    const stop = new AbortController();
    const follow = async () => {
      let last = 0;
      for await (const { door: now } of service.client.doors.follow(name, { signal: stop.signal })) {
        heardMs.value = Date.now();
        const isNews = now.last !== undefined && now.last.atMs > last && last > 0;
        last = now.last?.atMs ?? (last || 1);
        door.value = now;
        if (isNews && now.last !== undefined) announce(now, now.last);
      }
    };
    void follow().catch((thrown) => {
      const isLost = isBiometricError(thrown) && thrown.code === 'WHORL_E_CONNECTION_LOST';
      if (!stop.signal.aborted && !isLost) fault.value = faultWords(thrown);
    });
    return () => stop.abort();
  }, [service, name]);
  useEffect(() => {
    document.title = name;
  }, [name]);
  if (fault.value !== undefined) {
    return (
      <PageFrame title={name}>
        <Fault words={fault.value} />
      </PageFrame>
    );
  }
  const isSilent = service.lost.aborted || nowMs.value - heardMs.value > SILENT_MS;
  return <DoorView service={service} door={door.value} name={name} isSilent={isSilent} />;
}

interface Look {
  readonly class: 'wait' | 'yes' | 'no' | 'locked' | 'off';
  readonly icon: IconName;
  readonly say: string;
  readonly more: string;
  readonly chip?: string;
}

function announce(door: DoorState, answer: DoorAnswer): void {
  play(answer.kind === 'opened' ? 'yes' : 'no');
  const { say, more } = answerLook(door, answer, Date.now());
  speakAloud(`${say}. ${more}`);
}

interface DoorViewProps extends PageProps {
  readonly door: DoorState | undefined;
  readonly name: string;
  readonly isSilent: boolean;
}

function DoorView({ service, door, name, isSilent }: DoorViewProps) {
  const look = lookOf(door, isSilent, nowMs.value);
  return (
    <div class={`full ${look.class}`} data-door={look.class} data-said={door?.last?.kind} data-at={door?.last?.atMs}>
      <header class="full-head">
        <Logo />
        <b>
          <bdi>{door?.title ?? name}</bdi>
        </b>
        <span class="grow" />
        <span class="bar-note">{longText(nowMs.value)}</span>
      </header>
      <main>
        <div class="door-body" role={look.class === 'wait' ? 'status' : 'alert'}>
          <span class="door-mark" aria-hidden="true">
            <Icon name={look.icon} />
          </span>
          <h1 class="huge-say" tabIndex={-1}>
            {look.say}
          </h1>
          {look.more !== '' && <p class="huge-sub">{look.more}</p>}
          {look.chip !== undefined && <p class="chip large-chip">{look.chip}</p>}
        </div>
      </main>
      <footer class="full-foot">
        {service.account.screen === undefined && (
          <a class="btn" href={linkTo('live')}>
            {t('door.leave')}
          </a>
        )}
        <span class="grow" />
        <Toggle
          icon="sound"
          label={t('door.sounds')}
          isOn={preferences.sounds.value}
          onToggle={(on) => (preferences.sounds.value = on)}
        />
        <Toggle
          icon="people"
          label={t('door.speech')}
          isOn={preferences.speech.value}
          onToggle={(on) => (preferences.speech.value = on)}
        />
        <button
          type="button"
          class="btn"
          onClick={() => void document.documentElement.requestFullscreen?.().catch(() => undefined)}
        >
          <Icon name="expand" />
          <span>{t('door.fullScreen')}</span>
        </button>
      </footer>
    </div>
  );
}

interface ToggleProps {
  readonly icon: IconName;
  readonly label: string;
  readonly isOn: boolean;
  readonly onToggle: (on: boolean) => void;
}

function Toggle({ icon, label, isOn, onToggle }: ToggleProps): ComponentChildren {
  return (
    <button type="button" class="btn" aria-pressed={isOn} onClick={() => onToggle(!isOn)}>
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

/** What the screen says now. */
export function lookOf(door: DoorState | undefined, isSilent: boolean, atMs: number): Look {
  if (isSilent) return { class: 'off', icon: 'unplugged', say: t('door.silent'), more: t('door.useKey') };
  if (door === undefined) return { class: 'wait', icon: 'finger', say: t('loading'), more: '' };
  if (door.state === 'no-reader')
    return { class: 'off', icon: 'unplugged', say: t('door.noReader'), more: t('door.useKey') };
  if (door.state === 'fault') return { class: 'off', icon: 'fault', say: t('door.fault'), more: t('door.useKey') };
  if (door.state === 'off') return { class: 'off', icon: 'stop', say: t('door.off'), more: t('door.useKey') };
  const { last } = door;
  if (last?.lockedUntilMs !== undefined && last.lockedUntilMs > atMs)
    return answerLook(door, { ...last, kind: 'locked' }, atMs);
  if (last !== undefined && atMs - last.atMs < SHOWN_MS) return answerLook(door, last, atMs);
  return { class: 'wait', icon: 'finger', say: t('door.touch'), more: t('door.touch.more') };
}

function answerLook(door: DoorState, answer: DoorAnswer, atMs: number): Look {
  const { kind, name = '', reason, rejectDetail, attemptsLeft, lockedUntilMs } = answer;
  switch (kind) {
    case 'opened':
      return {
        class: 'yes',
        icon: 'check',
        say: t('door.welcome', { name }),
        more: t('door.isOpen', { door: door.title, time: timeText(answer.atMs) }),
      };
    case 'not-valid':
      return {
        class: 'no',
        icon: 'clock',
        say: t('door.notValid', { name }),
        more: reason === undefined ? '' : reasonWords(reason),
      };
    case 'unknown':
      return {
        class: 'no',
        icon: 'fault',
        say: t('door.unknown'),
        more: t('door.unknown.more'),
        ...(attemptsLeft !== undefined && { chip: t('door.triesLeft', { count: attemptsLeft }) }),
      };
    case 'rejected': {
      const words = rejectWords(rejectDetail ?? 0);
      return { class: 'no', icon: 'again', say: t('stage.again'), more: `${words.reason} ${words.advice}` };
    }
    case 'locked':
      return {
        class: 'locked',
        icon: 'lock',
        say: t('door.locked'),
        more: t('door.locked.more'),
        ...(lockedUntilMs !== undefined && { chip: t('door.lockedFor', { span: spanText(lockedUntilMs - atMs) }) }),
      };
    case 'failed':
      return { class: 'no', icon: 'fault', say: t('door.failed', { name }), more: t('door.useKey') };
    default:
      return kind satisfies never;
  }
}
