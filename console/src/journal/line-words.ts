/** Lines of the journal in words: what, who, where, which finger. */

import type { JournalKind, JournalLine } from '../../../src/exports/whorl/client/browser.ts';
import type { Mood } from '../parts/chip.tsx';
import type { IconName } from '../parts/icon.tsx';
import { t } from '../words/catalogue.ts';
import { fingerWords } from '../words/finger-words.ts';
import { dateTimeText } from '../words/formats.ts';
import { rejectWords } from '../words/reject-words.ts';

interface Look {
  readonly mood: Mood;
  readonly icon: IconName;
}

/** The mark and the colour of each kind; the word is in the catalogue. */
export const LOOKS = {
  recognised: { mood: 'ok', icon: 'check' },
  verified: { mood: 'ok', icon: 'check' },
  'not-valid': { mood: 'bad', icon: 'fault' },
  'not-verified': { mood: 'warn', icon: 'warn' },
  unknown: { mood: 'warn', icon: 'warn' },
  rejected: { mood: 'warn', icon: 'warn' },
  locked: { mood: 'bad', icon: 'lock' },
  enrolled: { mood: 'on', icon: 'finger' },
  deleted: { mood: 'plain', icon: 'delete' },
  created: { mood: 'plain', icon: 'add' },
  changed: { mood: 'plain', icon: 'settings' },
  removed: { mood: 'plain', icon: 'delete' },
  acted: { mood: 'ok', icon: 'door' },
  failed: { mood: 'bad', icon: 'fault' },
  corrected: { mood: 'on', icon: 'clock' },
} as const satisfies Record<JournalKind, Look>;

/** Kinds that are touches of a reader. */
export const TOUCH_KINDS: readonly JournalKind[] = [
  'recognised',
  'verified',
  'not-valid',
  'not-verified',
  'unknown',
  'rejected',
  'locked',
];

export function kindWords(kind: JournalKind): string {
  return t(`journal.kind.${kind}`);
}

/** Who it is about: a name, "Unknown finger", or nothing for what is about nobody. */
export function whoWords({ person, kind, forgotten }: JournalLine): string {
  if (person !== undefined && person.name !== '') return person.name;
  if (forgotten === true) return t('journal.forgotten');
  if (person !== undefined) return t('people.unknown');
  return TOUCH_KINDS.includes(kind) ? t('journal.unknownFinger') : t('journal.nobody');
}

/** Where it was, as the reader was called then; with the service where it was another one. */
export function whereWords({ title, place = '', reader, site = '' }: JournalLine): string {
  const parts = [title ?? reader ?? '', place, site].filter((part) => part !== '');
  return [...new Set(parts)].join(' · ');
}

const REASONS = ['suspended', 'not-yet', 'expired', 'out-of-hours', 'other-place', 'group', 'door-hours'] as const;
type Reason = (typeof REASONS)[number];

/** Why somebody does not count; the reason itself where it is a name, such as that of an action. */
export function reasonWords(reason: string): string {
  return (REASONS as readonly string[]).includes(reason) ? t(`reason.${reason as Reason}`) : reason;
}

/** What there is to say beside who and where. */
export function moreWords({ subFactor, reason, rejectDetail, kind, correctedMs }: JournalLine): string {
  if (kind === 'corrected' && correctedMs !== undefined)
    return t('journal.correctedTo', { time: dateTimeText(correctedMs) });
  if (kind === 'not-valid' && reason !== undefined) return reasonWords(reason);
  if (kind === 'rejected') return rejectWords(rejectDetail ?? 0).reason;
  if (subFactor !== undefined && subFactor !== 0 && subFactor !== 0xff) return fingerWords(subFactor);
  return reason === undefined ? '' : reasonWords(reason);
}
