/** Adds a person; a finger can follow at once. */

import { useSignal } from '@preact/signals';
import type { PersonDetails } from '../../../../src/exports/whorl/client/browser.ts';
import { address, go, linkTo } from '../../browser/address.ts';
import { PageFrame } from '../../frame/page.tsx';
import { Fault } from '../../parts/alert.tsx';
import { cleanDetails, DetailsForm } from '../../people/details-form.tsx';
import { identityKey } from '../../people/identity-key.ts';
import type { ConnectedService } from '../../service/connected-service.ts';
import { useWork } from '../../service/use-work.ts';
import { t } from '../../words/catalogue.ts';

export function NewPerson({ service }: { readonly service: ConnectedService }) {
  const details = useSignal<PersonDetails>({ name: address.value.query.name ?? '' });
  const work = useWork();
  const save = (thenEnroll: boolean) =>
    work.run(async () => {
      const { identity } = await service.client.people.create(cleanDetails(details.value));
      const key = identityKey(identity);
      go(thenEnroll ? linkTo('enroll', [], { person: key }) : linkTo('person', [key]));
    });
  const isEmpty = details.value.name.trim() === '';
  return (
    <PageFrame title={t('people.add')} crumb={<a href={linkTo('people')}>{t('nav.people')}</a>}>
      <section class="card narrow" aria-label={t('people.add')}>
        <form
          class="stack-3"
          onSubmit={(event) => {
            event.preventDefault();
            void save(true);
          }}
        >
          <DetailsForm service={service} details={details.value} onChange={(changed) => (details.value = changed)} />
          <p class="help">{t('person.onlyName')}</p>
          {work.fault !== undefined && <Fault words={work.fault} />}
          <div class="actions">
            <button type="submit" class="btn primary" disabled={work.isBusy || isEmpty}>
              {t('person.saveAndEnroll')}
            </button>
            <button type="button" class="btn" disabled={work.isBusy || isEmpty} onClick={() => void save(false)}>
              {t('save')}
            </button>
          </div>
        </form>
      </section>
    </PageFrame>
  );
}
