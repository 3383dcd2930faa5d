/** What happened, what to do about it, and at most two buttons for that. */

import type { ComponentChildren } from 'preact';
import { t } from '../words/catalogue.ts';
import type { FaultWords } from '../words/fault-words.ts';
import { Icon, type IconName } from './icon.tsx';

const MARKS = { info: 'info', ok: 'check', warn: 'warn', bad: 'fault' } as const satisfies Record<string, IconName>;

export interface AlertProps {
  readonly mood: keyof typeof MARKS;
  readonly title?: ComponentChildren;
  readonly icon?: IconName;
  readonly children?: ComponentChildren;
  readonly actions?: ComponentChildren;
  /** Read out at once: for what arrives while the page is open. */
  readonly arrives?: boolean;
}

export function Alert({ mood, title, icon = MARKS[mood], children, actions, arrives = false }: AlertProps) {
  return (
    <div class={`alert ${mood}`} role={arrives ? 'alert' : undefined}>
      <Icon name={icon} />
      <div>
        {title !== undefined && <b>{title}</b>}
        {children}
      </div>
      {actions !== undefined && <span class="actions">{actions}</span>}
    </div>
  );
}

export interface FaultProps {
  readonly words: FaultWords;
  readonly actions?: ComponentChildren;
}

/** A fault with its remedy; its code is behind a click. */
export function Fault({ words, actions }: FaultProps) {
  return (
    <Alert mood="bad" title={words.title} actions={actions} arrives>
      <p>
        <Coded text={words.advice} />
      </p>
      {words.code !== undefined && (
        <details class="xs quiet">
          <summary>{t('fault.details')}</summary>
          <code>{words.code}</code> {words.detail !== undefined && <span dir="ltr">{words.detail}</span>}
        </details>
      )}
    </Alert>
  );
}

/** Text in which back-quoted parts are code. */
export function Coded({ text }: { readonly text: string }) {
  return <>{text.split('`').map((part, i) => (i % 2 === 1 ? <code key={part}>{part}</code> : part))}</>;
}
