/** A dialog: focus on its heading, Escape closes it, and the focus returns to where it was opened. */

import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { t } from '../words/catalogue.ts';
import { Icon } from './icon.tsx';

export interface DialogProps {
  readonly title: ComponentChildren;
  readonly large?: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
  /** Beside the heading. */
  readonly aside?: ComponentChildren;
  /** Buttons; there is always one that closes. */
  readonly actions?: ComponentChildren;
  /** Label of the button that closes. */
  readonly closeLabel?: string;
}

/** Open while it is rendered. */
export function Dialog({ title, large = false, onClose, children, aside, actions, closeLabel }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    const opener = document.activeElement;
    dialog.current?.showModal();
    heading.current?.focus();
    return () => {
      dialog.current?.close();
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
      else document.querySelector<HTMLElement>('h1')?.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class={large ? 'dialog large' : 'dialog'}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => {
        const box = dialog.current;
        if (box !== null && event.target === box && !isInside(box, event)) onClose();
      }}
    >
      <div class="card-head">
        <h2 id={id} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <span class="grow" />
        {aside}
        <button type="button" class="btn plain small icon-only" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {children}
      <div class="actions end">
        <button type="button" class="btn" onClick={onClose}>
          {closeLabel ?? t('cancel')}
        </button>
        {actions}
      </div>
    </dialog>
  );
}

/** The backdrop is part of the dialog element, but outside of its box. */
function isInside(element: HTMLElement, { clientX, clientY }: PointerEvent): boolean {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}
