/** One line of the journal with everything there is about it. */

import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { JournalLine } from '../../../../src/exports/whorl/client/browser.ts';
import { linkTo } from '../../browser/address.ts';
import { kindWords, moreWords, reasonWords, whereWords, whoWords } from '../../journal/line-words.ts';
import { Fault } from '../../parts/alert.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { toast } from '../../parts/toasts.tsx';
import { identityKey } from '../../people/identity-key.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';
import { dateTimeText, numberText, secondsText } from '../../words/formats.ts';
import { rejectWords } from '../../words/reject-words.ts';

export interface LineDetailProps {
  readonly service: ConnectedService;
  readonly line: JournalLine;
  readonly onClose: () => void;
}

export function LineDetail({ service, line, onClose }: LineDetailProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [line.number]);
  const forgetting = useSignal(false);
  const { person, reason, rejectDetail, scoreClass, number, atMs, kind, sid } = line;
  const reject = rejectDetail === undefined ? undefined : rejectWords(rejectDetail);
  const facts: readonly (readonly [string, string | undefined])[] = [
    [t('journal.when'), `${dateTimeText(atMs)} (${secondsText(atMs)})`],
    [t('journal.where'), whereWords(line)],
    [t('journal.who'), whoWords(line)],
    [t('journal.finger'), moreWords(line)],
    [t('journal.sure'), scoreClass && t(`journal.sure.${scoreClass}`)],
    [t('journal.why'), reject === undefined ? reason && reasonWords(reason) : `${reject.reason} ${reject.advice}`],
  ];
  return (
    <section class="card drawer" aria-labelledby="line-title">
      <div class="card-head">
        <h2 id="line-title" ref={heading} tabIndex={-1}>
          {kindWords(kind)}
        </h2>
        <span class="grow" />
        <button type="button" class="btn plain small icon-only" aria-label={t('close')} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      {line.hasPicture === true && <SamplePicture service={service} number={number} />}
      <dl class="facts">
        {facts.map(
          ([name, value]) =>
            value !== undefined &&
            value !== '' && (
              <div class="contents" key={name}>
                <dt>{name}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
      <div class="actions">
        {person !== undefined && person.name !== '' && (
          <a class="btn small" href={linkTo('person', [identityKey(person.identity)])}>
            {t('people.open', { name: person.name })}
          </a>
        )}
        {person !== undefined && service.account.administrator && (
          <button type="button" class="btn small danger" onClick={() => (forgetting.value = true)}>
            {t('journal.forget')}
          </button>
        )}
      </div>
      {kind === 'unknown' && (
        <p class="small quiet">
          {t('journal.oneOfYours')} <a href={linkTo('enroll')}>{t('journal.enrollAgain')}</a>
        </p>
      )}
      <details class="small">
        <summary class="quiet">{t('forDevelopers')}</summary>
        <dl class="facts">
          <dt>{t('journal.number')}</dt>
          <dd>{numberText(number)}</dd>
          <dt>{t('journal.account')}</dt>
          <dd class="mono xs" dir="ltr">
            {sid}
          </dd>
          {person !== undefined && (
            <>
              <dt>{t('person.identity')}</dt>
              <dd class="mono xs" dir="ltr">
                {identityKey(person.identity)}
              </dd>
            </>
          )}
        </dl>
      </details>
      {forgetting.value && person !== undefined && (
        <ForgetDialog service={service} line={line} onClose={() => (forgetting.value = false)} />
      )}
    </section>
  );
}

/** Asked for only when somebody wants to see it: each look is audited. */
function SamplePicture({ service, number }: { readonly service: ConnectedService; readonly number: number }) {
  const url = useSignal<string | undefined>(undefined);
  const work = useWork();
  useEffect(
    () => () => {
      if (url.value !== undefined) URL.revokeObjectURL(url.value);
      url.value = undefined;
    },
    [number],
  );
  const show = () =>
    work.run(async () => {
      const png = await service.client.journal.picture(number);
      if (png !== undefined) url.value = URL.createObjectURL(new Blob([Uint8Array.from(png)], { type: 'image/png' }));
    });
  if (url.value !== undefined) {
    return (
      <div class="plate detail-plate">
        <img src={url.value} alt={t('journal.pictureOf')} />
      </div>
    );
  }
  return (
    <>
      <button type="button" class="btn small" disabled={work.isBusy} onClick={() => void show()}>
        {t('journal.showPicture')}
      </button>
      <p class="xs quiet">{t('journal.audited')}</p>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </>
  );
}

function ForgetDialog({ service, line, onClose }: LineDetailProps) {
  const work = useWork();
  const { person } = line;
  if (person === undefined) return null;
  const run = async () => {
    let lines = 0;
    const isDone = await work.run(async () => {
      lines = await service.client.journal.forget(person.identity);
    });
    if (!isDone) return;
    onClose();
    toast({ text: t('journal.forgot', { count: lines }) });
  };
  return (
    <Dialog
      title={t('journal.forget.ask', { name: whoWords(line) })}
      onClose={onClose}
      actions={
        <button type="button" class="btn destroy" disabled={work.isBusy} onClick={() => void run()}>
          {t('journal.forget')}
        </button>
      }
    >
      <p>{t('journal.forget.text')}</p>
      {work.fault !== undefined && <Fault words={work.fault} />}
    </Dialog>
  );
}
