/** The frame of all pages: navigation, the page itself, and what may lie over it. */

import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { address, linkTo } from '../browser/address.ts';
import type { Connection, ConnectionState } from '../connection/connection.ts';
import { finding } from '../frame/finding.tsx';
import { helping } from '../frame/helping.ts';
import { PageFrame } from '../frame/page.tsx';
import type { PageProps } from '../frame/page-props.ts';
import { ConnectionContext, LinkContext } from '../frame/service-alert.tsx';
import { Fault } from '../parts/alert.tsx';
import { Empty } from '../parts/empty.tsx';
import { Toasts } from '../parts/toasts.tsx';
import { runClock } from '../service/clock.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import { t } from '../words/catalogue.ts';
import { allTexts } from '../words/speech.ts';
import { Failure } from './failure.tsx';
import { loadPage } from './loading.ts';
import { Rail, Tabs, TopBar } from './navigation.tsx';
import { ROUTES, type Route, routeOf } from './routes.ts';

export function App({ connection }: { readonly connection: Connection }) {
  const state = connection.state.value;
  const { page, rest } = address.value;
  const service = serviceOf(state);
  // A screen shows its door, whatever the address says.
  const route = service?.account.screen === undefined ? routeOf(page) : ROUTES.door;
  useEffect(() => runClock(), []);
  const content = (
    <Content state={state} route={route} service={service} connection={connection} name={`${page}/${rest.join('/')}`} />
  );
  const isStale = state.kind !== 'connected' || ['stale', 'off'].includes(state.service.heartbeat.pulse.value);
  return (
    <LinkContext.Provider value={connection}>
      <ConnectionContext.Provider value={state.kind}>
        {route?.whole === true && service !== undefined ? (
          content
        ) : (
          <>
            <button type="button" class="skip" onClick={() => document.querySelector<HTMLElement>('h1')?.focus()}>
              {t('nav.skip')}
            </button>
            <div class={isStale && service !== undefined ? 'shell stale' : 'shell'}>
              <Rail service={service} section={route?.under} />
              <div class="content">
                <TopBar />
                {content}
              </div>
            </div>
            <Tabs service={service} section={route?.under} />
          </>
        )}
        <Overlays service={service} />
        <Toasts />
      </ConnectionContext.Provider>
    </LinkContext.Provider>
  );
}

function serviceOf(state: ConnectionState): ConnectedService | undefined {
  if (state.kind === 'connected') return state.service;
  return state.kind === 'lost' ? state.last : undefined;
}

interface ContentProps {
  readonly state: ConnectionState;
  readonly connection: Connection;
  readonly route: Route | undefined;
  readonly service: ConnectedService | undefined;
  readonly name: string;
}

function Content({ state, connection, route, service, name }: ContentProps) {
  if (service === undefined) return <NoService state={state} connection={connection} />;
  if (route === undefined) return <Nowhere />;
  if (route.administrator === true && !service.account.administrator)
    return <NotAllowed title={t(route.title as 'nav.live')} />;
  if (route.operator === true && !service.isOperator) return <NotAllowed title={t(route.title as 'nav.live')} />;
  return (
    <Failure key={name}>
      <Loaded key={name} route={route} service={service} />
    </Failure>
  );
}

function Loaded({ route, service }: { readonly route: Route; readonly service: ConnectedService }) {
  const page = useSignal<{ readonly View: ComponentType<PageProps> } | undefined>(undefined);
  const failed = useSignal<unknown>(undefined);
  useEffect(() => {
    loadPage(route).then(
      (View) => (page.value = { View }),
      (thrown) => (failed.value = thrown),
    );
  }, [route]);
  // The boundary around it shows the fault, and offers to load it again.
  if (failed.value !== undefined) throw failed.value;
  if (page.value === undefined) {
    return route.whole === true ? (
      <div class="full" aria-busy="true" />
    ) : (
      <PageFrame title={t(route.title as 'nav.live')} isPlaceholder>
        <div aria-busy="true" />
      </PageFrame>
    );
  }
  const { View } = page.value;
  return <View key={service} service={service} />;
}

function NoService({ state, connection }: { readonly state: ConnectionState; readonly connection: Connection }) {
  return (
    <main class="page lonely" id="main">
      <h1 tabIndex={-1}>{state.kind === 'connecting' ? t('pulse.connecting') : t('pulse.notConnected')}</h1>
      {(state.kind === 'lost' || state.kind === 'refused') && (
        <Fault
          words={state.words}
          actions={
            <button type="button" class="btn small" onClick={() => connection.retry()}>
              {t('connection.tryNow')}
            </button>
          }
        />
      )}
    </main>
  );
}

function Nowhere() {
  return (
    <PageFrame title={t('nowhere.title')}>
      <section class="card">
        <Empty
          title={t('nowhere.title')}
          actions={
            <a class="btn primary" href={linkTo('live')}>
              {t('nav.live')}
            </a>
          }
        >
          {t('nowhere.text')}
        </Empty>
      </section>
    </PageFrame>
  );
}

function NotAllowed({ title }: { readonly title: string }) {
  return (
    <PageFrame title={title}>
      <section class="card">
        <Empty title={t('notAllowed.title')}>{t('notAllowed.text')}</Empty>
      </section>
    </PageFrame>
  );
}

function Overlays({ service }: { readonly service: ConnectedService | undefined }) {
  return (
    <>
      {finding.value && service !== undefined && (
        <Lazy load={async () => (await import('./finder.tsx')).Finder} service={service} />
      )}
      {helping.value && service !== undefined && (
        <Lazy load={async () => (await import('./keyboard-help.tsx')).KeyboardHelp} service={service} />
      )}
    </>
  );
}

interface LazyProps extends PageProps {
  readonly load: () => Promise<ComponentType<PageProps>>;
}

function Lazy({ load, service }: LazyProps) {
  const part = useSignal<{ readonly View: ComponentType<PageProps> } | undefined>(undefined);
  useEffect(() => {
    void Promise.all([load(), allTexts()]).then(
      ([View]) => (part.value = { View }),
      () => undefined,
    );
  }, []);
  if (part.value === undefined) return null;
  const { View } = part.value;
  return <View service={service} />;
}
