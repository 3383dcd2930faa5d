/** Readers as places: what they are for, and what they are doing. */

import type { ReaderPlace, ReaderUse, UnitActivity } from '../../../src/exports/whorl/client/browser.ts';
import type { IconName } from '../parts/icon.tsx';
import { t } from '../words/catalogue.ts';
import { fingerWords } from '../words/finger-words.ts';
import { momentText } from '../words/formats.ts';
import { rejectWords } from '../words/reject-words.ts';

export const USE_ICONS: Readonly<Record<ReaderUse, IconName>> = {
  door: 'door',
  clock: 'clock',
  desk: 'desk',
  kiosk: 'kiosk',
};

export function wordsOfUse(use: ReaderUse): string {
  return t(`use.${use}`);
}

/** "Ground floor · door" */
export function placeLine({ place, use }: ReaderPlace): string {
  return place === '' ? wordsOfUse(use) : `${place} · ${wordsOfUse(use)}`;
}

export interface NowWords {
  readonly mood: 'ok' | 'warn' | 'bad';
  readonly title: string;
  readonly more: string;
}

/** Operations that wait for a finger, as people would say it. */
const ASKS: Readonly<Record<string, 'identify' | 'verify' | 'enroll' | 'test'>> = {
  identify: 'identify',
  verify: 'verify',
  'enroll-capture': 'enroll',
  'capture-sample': 'test',
};

/** What a reader is doing now. */
export function nowWords(place: ReaderPlace, activity: UnitActivity | undefined): NowWords {
  if (!place.attached) {
    const more = place.use === 'door' ? t('place.doorStaysClosed') : t('place.plugIn');
    return {
      mood: 'bad',
      title:
        place.seenAtMs === undefined
          ? t('place.neverSeen')
          : t('place.unpluggedSince', { time: momentText(place.seenAtMs) }),
      more,
    };
  }
  if (activity === undefined) return { mood: 'ok', title: t('place.ready'), more: '' };
  const { waiting, enrolling, state, lastReject } = activity;
  if (state === 'fault' || state === 'failed' || state === 'stuck')
    return { mood: 'bad', title: t('place.fault'), more: t('place.fault.more') };
  const last = lastReject === undefined ? '' : rejectWords(lastReject).reason;
  if (enrolling !== undefined)
    return { mood: 'ok', title: t('place.enrolling', { finger: fingerWords(enrolling) }), more: last };
  const ask = waiting.map((each) => ASKS[each]).find((each) => each !== undefined);
  if (ask !== undefined)
    return { mood: 'ok', title: t('place.waiting'), more: last === '' ? t(`place.asks.${ask}`) : last };
  return { mood: 'ok', title: t('place.ready'), more: t('place.nobodyWaits') };
}
