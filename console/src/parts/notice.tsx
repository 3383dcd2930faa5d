/** Notices: a fault with its advice, and an empty page that tells what to do next. */

import type { ComponentChildren } from 'preact';
import type { FaultWords } from '../words/fault-words.ts';

/** Text in which back-quoted parts are code. */
export function Words({ text }: { readonly text: string }) {
  return <>{text.split('`').map((part, i) => (i % 2 === 1 ? <code key={part}>{part}</code> : part))}</>;
}

export function Fault({ words, children }: { readonly words: FaultWords; readonly children?: ComponentChildren }) {
  return (
    <div class="notice notice-fault">
      <p class="notice-title">{words.title}</p>
      <p>
        <Words text={words.advice} />
      </p>
      {children}
      {words.code !== undefined && <p class="code-name">{words.code}</p>}
    </div>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ComponentChildren }) {
  return (
    <div class="notice">
      <p class="notice-title">{title}</p>
      {children}
    </div>
  );
}
