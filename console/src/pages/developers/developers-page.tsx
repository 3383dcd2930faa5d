/** For developers: requests with their codes, virtual readers, two files compared, and how to begin. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { type AnsweredRequest, codeName } from '../../../../src/exports/whorl/client/browser.ts';
import { linkTo } from '../../browser/address.ts';
import { PageFrame } from '../../frame/page.tsx';
import type { PageProps } from '../../frame/page-props.ts';
import { Fault } from '../../parts/alert.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Field } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useWork } from '../../service/use-work.ts';
import { touchPad } from '../../touch/touch-pad.ts';
import { VirtualPad } from '../../touch/virtual-pad.tsx';
import { t } from '../../words/catalogue.ts';
import { numberText, secondsText } from '../../words/formats.ts';

/** Requests that are kept on the page. */
const KEPT = 1000;
/** And shown at once. */
const SHOWN = 50;

const SNIPPET = `import { connect } from 'whorl/connect';

await using service = await connect();
await using session = await service.openSession();
const answer = await session.identify();
console.log(answer.kind, answer.kind === 'identified' ? answer.person?.name : '');
`;

export function DevelopersPage({ service }: PageProps) {
  const virtual = service.places.value
    .map((place) => ({ place, name: service.virtualNameOf(place) }))
    .filter(({ name }) => name !== undefined);
  const chosen = useSignal<string | undefined>(undefined);
  const shown = virtual.find(({ name }) => name === chosen.value) ?? virtual[0];
  return (
    <PageFrame
      title={t('nav.developers')}
      actions={
        <>
          <a class="btn" href={linkTo('identify')}>
            <Icon name="search" />
            <span class="t">{t('identify.title')}</span>
          </a>
          <a class="btn" href={linkTo('compare')}>
            <Icon name="copy" />
            <span class="t">{t('compare.title')}</span>
          </a>
        </>
      }
    >
      <div class={shown === undefined ? 'stage without-pad' : 'stage identify'}>
        <div class="stack-4">
          <section class="card" aria-labelledby="try-title">
            <h2 id="try-title">{t('developers.try')}</h2>
            <p class="quiet">{t('developers.try.text')}</p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
            <pre tabIndex={0}>
              <code lang="en">{SNIPPET}</code>
            </pre>
            <TryIt service={service} />
          </section>
          {service.account.administrator && <Requests service={service} />}
        </div>
        {shown?.name !== undefined && (
          <div class="stack-3">
            {virtual.length > 1 && (
              <Field label={t('developers.virtual')}>
                <select value={shown.name} onChange={(event) => (chosen.value = event.currentTarget.value)}>
                  {virtual.map(({ name, place }) => (
                    <option key={name} value={name}>
                      {place.title}
                    </option>
                  ))}
                </select>
              </Field>
            )}
            <VirtualPad service={service} pad={touchPad} reader={shown.name} title={shown.place.title} />
            <Trouble service={service} reader={shown.name} />
          </div>
        )}
      </div>
    </PageFrame>
  );
}

function TryIt({ service }: { readonly service: ConnectedService }) {
  const output = useSignal('');
  const work = useWork();
  const run = () =>
    work.run(async () => {
      output.value = '';
      await using session = await service.client.openSession();
      const answer = await session.identify();
      output.value = `${answer.kind} ${answer.kind === 'identified' ? (answer.person?.name ?? '') : ''}`;
    });
  return (
    <>
      <div class="actions">
        <button type="button" class="btn small" disabled={work.isBusy} onClick={() => void run()}>
          <Icon name="play" />
          {t('developers.run')}
        </button>
        <span role="status">{work.isBusy ? t('test.waiting') : <code>{output.value}</code>}</span>
      </div>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </>
  );
}

function Trouble({ service, reader }: { readonly service: ConnectedService; readonly reader: string }) {
  const work = useWork();
  const client = service.client.virtualReader(reader);
  return (
    <section class="card" aria-labelledby="trouble-title">
      <h3 id="trouble-title">{t('developers.trouble')}</h3>
      <div class="actions">
        {(
          [
            ['developers.hang', () => client.hang()],
            ['developers.release', () => client.release()],
            ['developers.fault', () => client.fault()],
            ['readers.unplug', () => client.unplug()],
          ] as const
        ).map(([label, run]) => (
          <button key={label} type="button" class="btn small" disabled={work.isBusy} onClick={() => void work.run(run)}>
            {t(label)}
          </button>
        ))}
      </div>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </section>
  );
}

/** Requests that the service answered since the page was opened. */
function Requests({ service }: { readonly service: ConnectedService }) {
  const kept = useSignal<readonly AnsweredRequest[]>([]);
  const text = useSignal('');
  const isPaused = useSignal(false);
  const health = service.health.value;
  useEffect(() => {
    if (health === undefined || isPaused.value) return;
    const known = new Set(kept.value.map(({ number }) => number));
    const fresh = health.answered.filter(({ number }) => !known.has(number));
    if (fresh.length > 0) kept.value = [...kept.value, ...fresh].slice(-KEPT);
  }, [health]);
  const wanted = text.value.trim().toLowerCase();
  const rows = kept.value
    .filter(({ kind, hresult, sid }) => `${kind} ${codeName(hresult)} ${sid}`.toLowerCase().includes(wanted))
    .slice(-SHOWN)
    .reverse();
  return (
    <section class="card flush" aria-labelledby="requests-title">
      <div class="card-head">
        <h2 id="requests-title">{t('developers.requests')}</h2>
        <span class="grow" />
        <input
          type="search"
          class="auto"
          aria-label={t('search')}
          placeholder={t('search')}
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
        <button
          type="button"
          class="btn small"
          aria-pressed={isPaused.value}
          onClick={() => (isPaused.value = !isPaused.value)}
        >
          {isPaused.value ? t('developers.goOn') : t('developers.pause')}
        </button>
        <button type="button" class="btn small" onClick={() => (kept.value = [])}>
          {t('clear')}
        </button>
      </div>
      {rows.length === 0 ? (
        <Empty title={t('developers.nothing')} />
      ) : (
        <DataTable
          caption={t('developers.requests')}
          rows={rows}
          keyOf={({ number }) => number}
          columns={[
            {
              name: 'time',
              title: t('journal.time'),
              phone: 'trail',
              class: 'mono nowrap',
              cell: ({ atMs }) => secondsText(atMs),
            },
            {
              name: 'what',
              title: t('developers.request'),
              phone: 'lead',
              class: 'mono',
              cell: ({ kind }) => <span dir="ltr">{kind}</span>,
            },
            {
              name: 'code',
              title: t('developers.code'),
              phone: 'field',
              class: 'mono small',
              cell: ({ hresult }) => <span dir="ltr">{codeName(hresult)}</span>,
            },
            {
              name: 'unit',
              title: t('readers.unit'),
              phone: 'hidden',
              class: 'num',
              cell: ({ unitId }) => (unitId === 0 ? '' : unitId),
            },
            {
              name: 'took',
              title: t('developers.took'),
              phone: 'field',
              class: 'num',
              cell: ({ durationMs }) => t('unit.ms', { value: numberText(durationMs) }),
            },
            {
              name: 'sid',
              title: t('journal.account'),
              phone: 'hidden',
              class: 'mono xs',
              cell: ({ sid }) => <span dir="ltr">{sid}</span>,
            },
          ]}
        />
      )}
    </section>
  );
}
