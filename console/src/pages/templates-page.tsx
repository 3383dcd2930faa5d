/** Lists the templates in each database; deletes and exports them. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Fault } from '../parts/notice.tsx';
import { poolOfDatabase, poolOptions } from '../pools/pool-choice.ts';
import type { ConnectedService } from '../service/connected-service.ts';
import { DatabaseCard } from '../templates/database-card.tsx';
import { type DatabaseContents, readContents, type TemplatePlace } from '../templates/database-contents.ts';
import { DeleteDialog } from '../templates/delete-dialog.tsx';
import { ExportDialog } from '../templates/export-dialog.tsx';
import { type FaultWords, faultWords } from '../words/fault-words.ts';
import { fingerWords } from '../words/finger-words.ts';
import type { PageProps } from './page-props.ts';

export function TemplatesPage({ service }: PageProps) {
  const contents = useSignal<readonly DatabaseContents[] | undefined>(undefined);
  const fault = useSignal<FaultWords | undefined>(undefined);
  const deleting = useSignal<TemplatePlace | undefined>(undefined);
  const exporting = useSignal<TemplatePlace | undefined>(undefined);
  const said = useSignal('');
  const attempt = async (work: () => Promise<void>) => {
    try {
      fault.value = undefined;
      await work();
    } catch (thrown) {
      fault.value = faultWords(thrown);
    }
  };
  const read = async () => void (contents.value = await readContents(service));
  useEffect(() => void attempt(read), []);
  const remove = async (place: TemplatePlace) => {
    said.value = await deleteTemplate(service, place);
    await read();
  };
  return (
    <>
      <div aria-live="polite">
        {said.value !== '' && <p class="good">{said.value}</p>}
        {fault.value !== undefined && <Fault words={fault.value} />}
      </div>
      {contents.value === undefined && fault.value === undefined && <p class="quiet">Reading the databases…</p>}
      {contents.value?.map((each) => (
        <DatabaseCard
          key={each.database.databaseId}
          service={service}
          {...each}
          onDelete={(place) => (deleting.value = place)}
          onExport={(place) => (exporting.value = place)}
        />
      ))}
      {deleting.value !== undefined && (
        <DeleteDialog
          service={service}
          place={deleting.value}
          onClose={() => (deleting.value = undefined)}
          onConfirm={() => {
            const place = deleting.value;
            deleting.value = undefined;
            if (place !== undefined) void attempt(() => remove(place));
          }}
        />
      )}
      {exporting.value !== undefined && (
        <ExportDialog
          service={service}
          place={exporting.value}
          onClose={() => (exporting.value = undefined)}
          attempt={attempt}
        />
      )}
    </>
  );
}

/** Says what became of it. */
async function deleteTemplate(service: ConnectedService, place: TemplatePlace): Promise<string> {
  const { database, identity, subFactor } = place;
  const pool = poolOfDatabase(service, database.databaseId);
  await using session = await service.client.openSession(poolOptions(pool));
  const deleted = await session.deleteTemplate({ identity, finger: subFactor });
  return deleted ? `Deleted: ${fingerWords(subFactor)}.` : 'It was deleted before.';
}
