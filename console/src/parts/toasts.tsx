/** Short messages at the edge of the screen, such as a deletion with its undo. */

import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../words/catalogue.ts';
import { Icon } from './icon.tsx';

export interface Toast {
  readonly text: string;
  readonly mood?: 'ok' | 'bad';
  /** What can be undone, and for how long it is offered. */
  readonly undo?: { readonly run: () => Promise<void>; readonly forMs: number };
}

/** How long a message without an undo stays. */
const STAYS_MS = 6000;

let last = 0;
const shown = signal<readonly (Toast & { readonly number: number })[]>([]);

export function toast(message: Toast): void {
  last += 1;
  shown.value = [...shown.value.slice(-2), { ...message, number: last }];
}

function dismiss(number: number): void {
  shown.value = shown.value.filter((each) => each.number !== number);
}

export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown.value.map((each) => (
        <ToastView key={each.number} {...each} />
      ))}
    </div>
  );
}

function ToastView({ number, text, mood = 'ok', undo }: Toast & { readonly number: number }) {
  useEffect(() => {
    const timer = setTimeout(() => dismiss(number), undo?.forMs ?? STAYS_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div class={`toast ${mood}`}>
      <Icon name={mood === 'ok' ? 'check' : 'fault'} />
      <span>{text}</span>
      {undo !== undefined && (
        <button
          type="button"
          class="btn small"
          onClick={() => {
            dismiss(number);
            void undo.run();
          }}
        >
          {t('undo')}
        </button>
      )}
      <button type="button" class="btn plain small icon-only" aria-label={t('dismiss')} onClick={() => dismiss(number)}>
        <Icon name="close" />
      </button>
    </div>
  );
}
