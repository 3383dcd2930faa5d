/** Who has templates, by database; deletes and exports them. */

import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type {
  DatabaseDescription,
  OwnerIdentity,
  SubFactor,
  TemplateOwner,
} from '../../../src/exports/whorl/client/browser.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Empty, Fault } from '../parts/notice.tsx';
import { saveFile } from '../parts/save-file.ts';
import { ownersIn, poolOfDatabase, poolOptions } from '../pools/pool-choice.ts';
import type { ConnectedService } from '../service/connected-service.ts';

import { type FaultWords, faultWords } from '../words/fault-words.ts';
import { fingerWords } from '../words/finger-words.ts';
import { identityText, identityWords } from '../words/identity-words.ts';
import type { PageProps } from './page-props.ts';

/** One template, and where it is. */
interface TemplatePlace {
  readonly database: DatabaseDescription;
  readonly identity: OwnerIdentity;
  readonly subFactor: SubFactor;
}

interface Contents {
  readonly database: DatabaseDescription;
  readonly owners: readonly TemplateOwner[];
}

/** What a template can be exported as. */
const FORMATS = [
  { name: 'whorl', words: 'as it is stored', ending: 'whorl' },
  { name: 'iso-19794-2-2011', words: 'ISO/IEC 19794-2:2011 minutiae record', ending: 'fmr' },
  { name: 'iso-19794-2-2005', words: 'ISO/IEC 19794-2:2005 minutiae record', ending: 'fmr' },
  { name: 'ansi-378-2009', words: 'ANSI/INCITS 378-2009 minutiae record', ending: 'fmr' },
  { name: 'ansi-378-2004', words: 'ANSI/INCITS 378-2004 minutiae record', ending: 'fmr' },
] as const;

export function TemplatesPage({ service }: PageProps) {
  const contents = useSignal<readonly Contents[] | undefined>(undefined);
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
  const read = () => attempt(async () => void (contents.value = await readContents(service)));
  useEffect(() => void read(), []);
  const remove = ({ database, identity, subFactor }: TemplatePlace) =>
    attempt(async () => {
      const pool = poolOfDatabase(service, database.databaseId);
      await using session = await service.client.openSession(poolOptions(pool));
      const deleted = await session.deleteTemplate({ identity, finger: subFactor });
      said.value = deleted ? `Deleted: ${fingerWords(subFactor)}.` : 'It was gone already.';
      contents.value = await readContents(service);
    });
  return (
    <>
      <div aria-live="polite">
        {said.value !== '' && <p class="good">{said.value}</p>}
        {fault.value !== undefined && <Fault words={fault.value} />}
      </div>
      {contents.value === undefined && fault.value === undefined && <p class="quiet">Reading the databases…</p>}
      {contents.value?.map(({ database, owners }) => (
        <section class="card" key={database.databaseId} aria-label={`Database ${database.databaseId}`}>
          <header class="card-head">
            <h2>{database.databaseId === service.systemDatabase ? 'System pool' : 'Private pool'}</h2>
            <span class="tag">{countWords(owners)}</span>
          </header>
          <p class="quiet database-id">{database.databaseId}</p>
          {owners.length === 0 ? (
            <Empty title="No templates">
              <p>
                <a href="#enroll">Enroll a finger</a>, and its template is listed here.
              </p>
            </Empty>
          ) : (
            owners.map(({ identity, subFactors }) => (
              <div class="owner" key={identityText(identity)}>
                <h3>{identityWords(identity, service.account.sid)}</h3>
                <ul class="templates">
                  {subFactors.map((subFactor) => (
                    <TemplateRow
                      key={subFactor}
                      place={{ database, identity, subFactor }}
                      mayExport={service.account.administrator}
                      mayDelete={service.units.value.length > 0}
                      onDelete={(place) => (deleting.value = place)}
                      onExport={(place) => (exporting.value = place)}
                    />
                  ))}
                </ul>
              </div>
            ))
          )}
        </section>
      ))}
      {deleting.value !== undefined && (
        <Dialog
          title={`Delete ${fingerWords(deleting.value.subFactor)}?`}
          confirm="Delete"
          dangerous
          onClose={() => (deleting.value = undefined)}
          onConfirm={() => {
            const place = deleting.value;
            deleting.value = undefined;
            if (place !== undefined) void remove(place);
          }}
        >
          <p>
            The template of {identityWords(deleting.value.identity, service.account.sid)} is deleted for good. The
            finger is then unknown until it is enrolled again.
          </p>
          {deleting.value.database.databaseId !== service.systemDatabase && (
            <p class="quiet">The readers are taken into a private pool for a moment; what waits on them is canceled.</p>
          )}
        </Dialog>
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

interface TemplateRowProps {
  readonly place: TemplatePlace;
  readonly mayExport: boolean;
  readonly mayDelete: boolean;
  readonly onDelete: (place: TemplatePlace) => void;
  readonly onExport: (place: TemplatePlace) => void;
}

function TemplateRow({ place, mayExport, mayDelete, onDelete, onExport }: TemplateRowProps) {
  const finger = fingerWords(place.subFactor);
  return (
    <li class="template">
      <span>{finger}</span>
      <span class="template-actions">
        {mayExport && (
          <button type="button" aria-label={`Export ${finger}`} onClick={() => onExport(place)}>
            Export
          </button>
        )}
        {mayDelete && (
          <button type="button" class="danger-plain" aria-label={`Delete ${finger}`} onClick={() => onDelete(place)}>
            Delete
          </button>
        )}
      </span>
    </li>
  );
}

interface ExportDialogProps {
  readonly service: ConnectedService;
  readonly place: TemplatePlace;
  readonly onClose: () => void;
  readonly attempt: (work: () => Promise<void>) => Promise<void>;
}

function ExportDialog({ service, place, onClose, attempt }: ExportDialogProps) {
  const chosen = useSignal<string>(FORMATS[0].name);
  const { database, identity, subFactor } = place;
  const save = () => {
    onClose();
    void attempt(async () => {
      const { databaseId } = database;
      const format = chosen.value;
      const bytes = await service.client.administration.exportTemplate({ databaseId, identity, subFactor, format });
      const ending = FORMATS.find(({ name }) => name === format)?.ending ?? 'bin';
      saveFile(
        `${identityText(identity)}-${fingerWords(subFactor).replaceAll(' ', '-')}.${ending}`,
        Uint8Array.from(bytes),
      );
    });
  };
  return (
    <Dialog title={`Export ${fingerWords(subFactor)}`} confirm="Save the file" onConfirm={save} onClose={onClose}>
      <fieldset class="choices">
        <legend>Format</legend>
        {FORMATS.map(({ name, words }) => (
          <label class="choice" key={name}>
            <input type="radio" name="format" checked={chosen.value === name} onChange={() => (chosen.value = name)} />
            <span>
              {name} <small>{words}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <p class="quiet">A template is biometric data: who has it can search for this finger. The export is audited.</p>
    </Dialog>
  );
}

function countWords(owners: readonly TemplateOwner[]): string {
  const count = owners.reduce((sum, { subFactors }) => sum + subFactors.length, 0);
  return count === 1 ? '1 template' : `${count} templates`;
}

/** All databases for an administrator, for others the own templates of the system pool. */
async function readContents(service: ConnectedService): Promise<readonly Contents[]> {
  const { databases, account, systemDatabase } = service;
  const shown = account.administrator ? databases : databases.filter((each) => each.databaseId === systemDatabase);
  return await Promise.all(
    shown.map(async (database) => ({
      database,
      owners: await ownersIn(service, poolOfDatabase(service, database.databaseId)),
    })),
  );
}
