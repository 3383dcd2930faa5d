/** A word of state: a mark, a word and a colour that agree. */

import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon.tsx';

export type Mood = 'ok' | 'warn' | 'bad' | 'on' | 'plain';

const MARKS: Readonly<Partial<Record<Mood, IconName>>> = { ok: 'check', warn: 'warn', bad: 'fault' };

export interface ChipProps {
  readonly mood?: Mood;
  readonly icon?: IconName;
  readonly children: ComponentChildren;
}

export function Chip({ mood = 'plain', icon = MARKS[mood], children }: ChipProps) {
  return (
    <span class={`chip ${mood === 'plain' ? '' : mood}`}>
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </span>
  );
}
