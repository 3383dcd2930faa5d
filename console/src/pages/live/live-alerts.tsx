/** What needs somebody now: readers that are gone, doors with a fault, readers that are locked. */

import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { linkTo } from '../../browser/address.ts';
import { Alert } from '../../parts/alert.tsx';
import type { IconName } from '../../parts/icon.tsx';
import { nowMs } from '../../service/clock.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { t } from '../../words/catalogue.ts';
import { momentText, spanText } from '../../words/formats.ts';

const MUTE_MS = 3_600_000;
const EVERY_MS = 10_000;
const MOST = 4;

/** Alerts that were muted, and until when; as long as this page is open. */
const muted = signal<ReadonlyMap<string, number>>(new Map());

interface Shown {
  readonly name: string;
  readonly mood: 'warn' | 'bad';
  readonly icon?: IconName;
  readonly title: string;
  readonly text: string;
  readonly action: ComponentChildren;
}

export function LiveAlerts({ service }: { readonly service: ConnectedService }) {
  const { administrator } = service.account;
  const doors = useAnswer(async () => (administrator ? await service.client.doors.list() : []), [service]);
  const locks = useAnswer(async () => (administrator ? await service.client.administration.locks() : []), [service]);
  useEffect(() => {
    const timer = setInterval(() => {
      doors.reload();
      locks.reload();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [service]);
  const shown: readonly Shown[] = [
    ...service.places.value
      .filter(({ attached, seenAtMs }) => !attached && seenAtMs !== undefined)
      .map(
        (place): Shown => ({
          name: `gone ${place.reader}`,
          mood: 'bad',
          icon: 'unplugged',
          title: t('alert.unplugged', { reader: place.title }),
          text: `${t('alert.since', { time: momentText(place.seenAtMs ?? 0) })} ${place.use === 'door' ? t('alert.doorStays') : ''}`,
          action: (
            <a class="btn small" href={linkTo('readers', [], { open: place.reader })}>
              {t('alert.whatToDo')}
            </a>
          ),
        }),
      ),
    ...(locks.value ?? [])
      .filter(({ kind, remainingMs }) => kind === 'reader' && remainingMs > 0)
      .map(
        (lock): Shown => ({
          name: `locked ${lock.name}`,
          mood: 'warn',
          icon: 'lock',
          title: t('alert.locked', { count: lock.failures, reader: service.titleOf(lock.name) }),
          text: t('alert.lockedFor', { span: spanText(lock.remainingMs) }),
          action: (
            <a class="btn small" href={linkTo('journal', [], { reader: lock.name, result: 'no' })}>
              {t('alert.seeTouches')}
            </a>
          ),
        }),
      ),
    ...(doors.value ?? [])
      .filter(({ state, undelivered }) => state === 'fault' || undelivered > 0)
      .map(
        (door): Shown => ({
          name: `door ${door.name}`,
          mood: 'warn',
          title:
            door.state === 'fault'
              ? t('alert.doorFault', { door: door.name })
              : t('alert.undelivered', { door: door.name, count: door.undelivered }),
          text: door.state === 'fault' ? t('alert.doorFault.text') : t('alert.undelivered.text'),
          action: (
            <a class="btn small" href={linkTo('readers', [], { open: door.reader })}>
              {t('alert.whatToDo')}
            </a>
          ),
        }),
      ),
  ];
  const alerts = shown.filter(({ name }) => (muted.value.get(name) ?? 0) < nowMs.value);
  if (alerts.length === 0) return null;
  return (
    <div class="alerts">
      {alerts.slice(0, MOST).map(({ name, mood, icon, title, text, action }) => (
        <Alert
          key={name}
          mood={mood}
          {...(icon !== undefined && { icon })}
          title={title}
          arrives
          actions={
            <>
              {action}
              <button
                type="button"
                class="btn small plain"
                onClick={() => (muted.value = new Map([...muted.value, [name, Date.now() + MUTE_MS]]))}
              >
                {t('alert.mute')}
              </button>
            </>
          }
        >
          <p>{text}</p>
        </Alert>
      ))}
      {alerts.length > MOST && (
        <p class="small quiet">
          <a href={linkTo('readers')}>{t('alert.more', { count: alerts.length - MOST })}</a>
        </p>
      )}
    </div>
  );
}
