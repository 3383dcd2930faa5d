/** One database: the owners of its templates, and their fingers. */

import type { TemplateOwner } from '../../../src/exports/whorl/client/browser.ts';
import { Empty } from '../parts/notice.tsx';
import type { ConnectedService } from '../service/connected-service.ts';
import { identityText, identityWords } from '../words/identity-words.ts';
import type { DatabaseContents, TemplatePlace } from './database-contents.ts';
import { TemplateRow } from './template-row.tsx';

export interface DatabaseCardProps extends DatabaseContents {
  readonly service: ConnectedService;
  readonly onDelete: (place: TemplatePlace) => void;
  readonly onExport: (place: TemplatePlace) => void;
}

export function DatabaseCard({ service, database, owners, onDelete, onExport }: DatabaseCardProps) {
  const { databaseId } = database;
  return (
    <section class="card" aria-label={`Database ${databaseId}`}>
      <header class="card-head">
        <h2>{databaseId === service.systemDatabase ? 'System pool' : 'Private pool'}</h2>
        <span class="tag">{countWords(owners)}</span>
      </header>
      <p class="quiet database-id">{databaseId}</p>
      {owners.length === 0 && (
        <Empty title="No templates">
          <p>
            <a href="#enroll">Enroll a finger</a>, and its template is listed here.
          </p>
        </Empty>
      )}
      {owners.map(({ identity, subFactors }) => (
        <div class="owner" key={identityText(identity)}>
          <h3>{identityWords(identity, service.account.sid)}</h3>
          <ul class="templates">
            {subFactors.map((subFactor) => (
              <TemplateRow
                key={subFactor}
                place={{ database, identity, subFactor }}
                mayExport={service.account.administrator}
                mayDelete={service.units.value.length > 0}
                onDelete={onDelete}
                onExport={onExport}
              />
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}

function countWords(owners: readonly TemplateOwner[]): string {
  const count = owners.reduce((sum, { subFactors }) => sum + subFactors.length, 0);
  return count === 1 ? '1 template' : `${count} templates`;
}
