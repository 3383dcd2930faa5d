/** The frame of a page: its header, and what must be said about the service before anything else. */

import type { ComponentChildren } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import { t } from '../words/catalogue.ts';
import { Finding } from './finding.tsx';
import { ConnectionContext, ServiceAlert } from './service-alert.tsx';

export interface PageFrameProps {
  readonly title: ComponentChildren;
  /** Title of the window, where `title` has elements in it. */
  readonly windowTitle?: string;
  readonly crumb?: ComponentChildren;
  readonly note?: ComponentChildren;
  readonly actions?: ComponentChildren;
  /** Pages that are entered by a search of their own have no search in the header. */
  readonly withoutFinder?: boolean;
  /** Stands in for a page that is being loaded. */
  readonly isPlaceholder?: boolean;
  readonly children: ComponentChildren;
}

let isFirst = true;

export function PageFrame({
  title,
  windowTitle,
  crumb,
  note,
  actions,
  withoutFinder,
  isPlaceholder = false,
  children,
}: PageFrameProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const connection = useContext(ConnectionContext);
  const name = windowTitle ?? (typeof title === 'string' ? title : '');
  useEffect(() => {
    document.title = t('window', { page: name });
  }, [name]);
  // A chosen page is announced as loading it would be; the first one is announced by the browser.
  useEffect(() => {
    if (isPlaceholder) return;
    if (!isFirst) heading.current?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  return (
    <>
      <header class="bar">
        <div>
          {crumb !== undefined && <span class="crumb">{crumb}</span>}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
        </div>
        <span class="grow" />
        {note !== undefined && <span class="bar-note hide-s">{note}</span>}
        {withoutFinder !== true && <Finding />}
        {actions}
      </header>
      <main class="page" id="main" inert={connection === 'connected' ? undefined : true}>
        <ServiceAlert />
        {children}
      </main>
    </>
  );
}
