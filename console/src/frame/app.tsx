/** The frame of all pages: the state of the connection, the navigation, and the page itself. */

import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Connection, ConnectionState } from '../connection/connection.ts';
import type { PageProps } from '../pages/page-props.ts';
import { Pages } from '../pages/pages.tsx';
import { PAGES, type PageName } from '../pages/routes.ts';
import { Failure } from '../parts/failure.tsx';
import { Fault } from '../parts/notice.tsx';
import type { ConnectedService } from '../service/connected-service.ts';
import { Logo } from './logo.tsx';

export interface AppProps {
  readonly connection: Connection;
  readonly page: ReadonlySignal<PageName>;
  /** What all pages are given. */
  readonly common: Omit<PageProps, 'service'>;
}

export function App({ connection, page, common }: AppProps) {
  const state = connection.state.value;
  const name = page.value;
  const heading = useRef<HTMLHeadingElement>(null);
  const arrived = useRef(false);
  // Announces a chosen page to screen readers, as loading it would.
  useEffect(() => {
    document.title = `${PAGES[name]} · Whorl console`;
    if (arrived.current) heading.current?.focus();
    arrived.current = true;
  }, [name]);
  const service = serviceOf(state);
  return (
    <>
      <header class="top">
        <button type="button" class="skip" onClick={() => heading.current?.focus()}>
          Skip to the page
        </button>
        <div class="top-row">
          <a class="brand" href="#units" aria-label="Whorl console">
            <Logo />
            <span>Whorl</span>
          </a>
          <LinkState state={state} />
        </div>
        <nav class="nav" aria-label="Pages">
          {Object.entries(PAGES).map(([each, title]) => (
            <a key={each} href={`#${each}`} aria-current={each === name ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
      </header>
      <main class="page">
        <h1 ref={heading} tabIndex={-1}>
          {PAGES[name]}
        </h1>
        {(state.kind === 'lost' || state.kind === 'refused') && (
          <Fault words={state.words}>
            <button type="button" onClick={() => connection.retry()}>
              Try now
            </button>
          </Fault>
        )}
        {state.kind === 'connecting' && <p class="quiet">Connecting to the service…</p>}
        {service !== undefined && (
          <div class={state.kind === 'connected' ? 'sheet' : 'sheet sheet-stale'} inert={state.kind !== 'connected'}>
            <Failure key={name}>
              <Pages key={service} name={name} service={service} {...common} />
            </Failure>
          </div>
        )}
      </main>
    </>
  );
}

function serviceOf(state: ConnectionState): ConnectedService | undefined {
  if (state.kind === 'connected') return state.service;
  return state.kind === 'lost' ? state.last : undefined;
}

const LINK_WORDS = {
  connecting: 'connecting…',
  connected: 'connected',
  lost: 'not connected, trying again',
  refused: 'not connected',
} as const satisfies Record<ConnectionState['kind'], string>;

function LinkState({ state }: { readonly state: ConnectionState }) {
  const who = state.kind === 'connected' ? state.service.account : undefined;
  return (
    <p class="link" role="status" data-link={state.kind}>
      <span class={`dot dot-${state.kind}`} aria-hidden="true" />
      <span>{LINK_WORDS[state.kind]}</span>
      {who !== undefined && (
        <span class="account" title="The account this browser is paired with">
          {who.sid}
          {who.administrator ? ', administrator' : ''}
        </span>
      )}
    </p>
  );
}
