/** The latest lines of the journal as a stream; what a screen reader hears of it comes slowly. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { JournalLine } from '../../../src/exports/whorl/client/browser.ts';
import { linkTo } from '../browser/address.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { identityKey } from '../people/identity-key.ts';
import { momentText, secondsText } from '../words/formats.ts';
import { kindWords, LOOKS, moreWords, TOUCH_KINDS, whereWords, whoWords } from './line-words.ts';

/** Least time between two announcements. */
const ANNOUNCE_MS = 3000;

export interface StreamProps {
  readonly lines: readonly JournalLine[];
  /** Lines after this number are new. */
  readonly before: number;
  /** About one person: the name is left out. */
  readonly withoutNames?: boolean;
}

export function Stream({ lines, before, withoutNames = false }: StreamProps) {
  return (
    <>
      <ol class="stream">
        {lines.map((line, i) => (
          <StreamRow
            key={line.number}
            line={line}
            isNew={i === 0 && line.number > before}
            withoutNames={withoutNames}
          />
        ))}
      </ol>
      <Announcer line={lines[0]} before={before} />
    </>
  );
}

interface RowProps {
  readonly line: JournalLine;
  readonly isNew: boolean;
  readonly withoutNames: boolean;
}

function StreamRow({ line, isNew, withoutNames }: RowProps) {
  const { kind, person, atMs } = line;
  const { mood, icon } = LOOKS[kind];
  const isPlainTouch = kind === 'recognised' || kind === 'verified';
  const rest = [moreWords(line), line.title ?? whereWords(line)].filter((each) => each !== '');
  const isTouch = TOUCH_KINDS.includes(kind);
  return (
    <li class={isNew ? 'new' : undefined}>
      {isTouch && !withoutNames ? (
        <Avatar name={person?.name === '' ? undefined : person?.name} of={person && identityKey(person.identity)} />
      ) : (
        <Icon name={icon} class={mood === 'plain' || mood === 'on' ? 'quiet' : mood === 'ok' ? 'good' : mood} />
      )}
      <div>
        <b>
          {withoutNames ? (
            kindWords(kind)
          ) : person === undefined || person.name === '' ? (
            isTouch ? (
              whoWords(line)
            ) : (
              kindWords(kind)
            )
          ) : (
            <a class="row" href={linkTo('person', [identityKey(person.identity)])}>
              <bdi>{person.name}</bdi>
            </a>
          )}
        </b>
        <small>
          {!isPlainTouch && !withoutNames && (isTouch || person !== undefined) && (
            <>
              <b class={mood === 'plain' || mood === 'on' ? '' : mood === 'ok' ? 'good' : mood}>{kindWords(kind)}</b>
              {rest.length > 0 && ' · '}
            </>
          )}
          <bdi>{rest.join(' · ')}</bdi>
        </small>
      </div>
      <time dateTime={new Date(atMs).toISOString()}>{withoutNames ? momentText(atMs) : secondsText(atMs)}</time>
    </li>
  );
}

function Announcer({ line, before }: { readonly line: JournalLine | undefined; readonly before: number }) {
  const said = useSignal('');
  const lastMs = useRef(0);
  useEffect(() => {
    if (line === undefined || line.number <= before) return;
    const timer = setTimeout(
      () => {
        lastMs.current = Date.now();
        said.value = [whoWords(line), kindWords(line.kind), whereWords(line)].join(', ');
      },
      Math.max(0, lastMs.current + ANNOUNCE_MS - Date.now()),
    );
    return () => clearTimeout(timer);
  }, [line?.number]);
  return (
    <p class="sr" aria-live="polite">
      {said.value}
    </p>
  );
}
