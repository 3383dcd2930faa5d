/** What is going on: what needs somebody, the day in numbers, the places, and who was just there. */

import { linkTo } from '../../browser/address.ts';
import { PageFrame } from '../../frame/page.tsx';
import type { PageProps } from '../../frame/page-props.ts';
import { TOUCH_KINDS } from '../../journal/line-words.ts';
import { Stream } from '../../journal/stream.tsx';
import { useJournalTail } from '../../journal/use-journal-tail.ts';
import { Fault } from '../../parts/alert.tsx';
import { LoadingRows } from '../../parts/data-table.tsx';
import { Empty } from '../../parts/empty.tsx';
import { Later } from '../../parts/later.tsx';
import { nowMs } from '../../service/clock.ts';
import { useAnswer } from '../../service/use-answer.ts';
import { t } from '../../words/catalogue.ts';
import { longText } from '../../words/formats.ts';
import { AsOf } from './as-of.tsx';
import { Counts } from './counts.tsx';
import { LiveAlerts } from './live-alerts.tsx';
import { Places } from './places.tsx';

const STREAM_LINES = 12;
const QUERY = { kinds: [...TOUCH_KINDS, 'enrolled', 'corrected', 'failed'] } as const;

export function LivePage({ service }: PageProps) {
  const tail = useJournalTail(service, QUERY, STREAM_LINES);
  const people = useAnswer(
    async () => (service.isOperator ? await service.client.people.list({ limit: 1 }) : undefined),
    [service],
  );
  const isEmpty = people.value?.total === 0 && tail.lines?.length === 0;
  return (
    <PageFrame title={t('nav.live')} note={longText(nowMs.value)}>
      <LiveAlerts service={service} />
      {isEmpty ? (
        <section class="card">
          <Later load={async () => (await import('./first-visit.tsx')).FirstVisit} />
        </section>
      ) : (
        <>
          {service.isOperator && <Counts service={service} newest={tail.lines?.[0]?.number ?? 0} />}
          <div class="cols wide-start">
            <Places service={service} lines={tail.lines ?? []} />
            {service.isOperator && (
              <section class="card flush" aria-labelledby="stream-title">
                <div class="card-head">
                  <h2 id="stream-title">{t('live.justNow')}</h2>
                  <AsOf service={service} />
                  <span class="grow" />
                  <a class="btn plain small" href={linkTo('journal')}>
                    {t('nav.journal')}
                  </a>
                </div>
                {tail.fault !== undefined && <Fault words={tail.fault} />}
                {tail.lines === undefined && tail.fault === undefined && <LoadingRows count={6} />}
                {tail.lines?.length === 0 && <Empty title={t('live.quiet')}>{t('live.quiet.text')}</Empty>}
                {tail.lines !== undefined && tail.lines.length > 0 && (
                  <Stream lines={tail.lines} before={tail.before} />
                )}
              </section>
            )}
          </div>
        </>
      )}
    </PageFrame>
  );
}
