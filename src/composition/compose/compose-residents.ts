/** What lives inside a service: doors, kept enrollments, and the feed of the journal. */

import { join } from 'node:path';
import type { Door } from '../../core/door.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import type { OwnerIdentity } from '../../core/identity.ts';
import type { JournalEntry } from '../../core/journal-line.ts';
import type { Logger } from '../../core/logger.ts';
import type { ReaderPlace } from '../../core/place.ts';
import type { Audit } from '../../service/access/audit.ts';
import type { Service } from '../../service/service.ts';
import type { Keyring } from '../../storage/sealed/keyring.ts';
import { ownSid } from '../accounts/own-account.ts';
import type { ServiceConfiguration } from '../configuration/service-configuration.ts';
import type { Extension } from '../connection/extensions.ts';
import type { ConnectionObserver } from '../connection/serve-connection.ts';
import { Doors } from '../doors/doors.ts';
import { type FeedSource, JournalFeed } from '../doors/journal-feed.ts';
import { webhookKey } from '../doors/webhook-key.ts';
import { KeptEnrollments } from '../enrollments/kept-enrollments.ts';
import { Residents } from '../residents/residents.ts';
import { WEBHOOK_KEY_FILE } from '../state/state-directory.ts';

/** People, places and the journal, as residents need them. */
export interface ResidentRecords {
  /** Name of a person of the directory; undefined for nobody. */
  readonly nameOf: (identity: OwnerIdentity) => Promise<string | undefined>;
  readonly places: () => Promise<readonly ReaderPlace[]>;
  /** Name and place of a reader to show. */
  readonly shownAs: (reader: string) => { readonly title: string; readonly place?: string };
  /** Writes a line of the journal. */
  readonly write: (entry: JournalEntry) => Promise<void>;
  /** Reads the journal as it is written. */
  readonly feed: FeedSource;
}

/** What they are made of. */
export interface ResidentsParts {
  readonly service: Service;
  readonly configuration: ServiceConfiguration;
  readonly records: ResidentRecords;
  readonly logger: Logger;
  readonly audit: Audit;
  /** Folder of the configuration. */
  readonly folder: string;
  /** Folder of the keys, and what proves the files in it; undefined for state in memory. */
  readonly state: { readonly keysFolder: string; readonly keyring: Keyring } | undefined;
  readonly systemDatabaseId: DatabaseId | undefined;
  readonly privateDatabaseIds: readonly DatabaseId[];
}

/** Residents of a service. Disposing ends them. */
export interface ComposedResidents extends AsyncDisposable {
  readonly extensions: readonly (readonly [string, Extension])[];
  /** Makes clients that live inside the service. */
  readonly residents: Residents;
  /** They begin, seen by the observers of all clients. Rejects with WHORL_E_CONFIGURATION when the file of doors is damaged. */
  begin(observers: readonly ConnectionObserver[]): Promise<void>;
}

/** Composes them. */
export function composeResidents(parts: ResidentsParts): ComposedResidents {
  const { service, configuration, records, logger, audit, folder, state } = parts;
  const { doors: configured = [], webhooks: hooks = [] } = configuration;
  const residents = new Residents(service);
  let secret: string | undefined;
  const secretOf = () => {
    secret ??= webhookKey(state && join(state.keysFolder, WEBHOOK_KEY_FILE));
    return secret;
  };
  const fileOf = (name: string) => state && { path: join(state.keysFolder, name), keyring: state.keyring };
  const doors = new Doors({
    service,
    residents,
    logger,
    audit,
    folder,
    secretOf,
    // The schema leaves out what is not given.
    configured: configured as readonly Door[],
    sid: ownSid(),
    file: fileOf('doors.json'),
    shownAs: records.shownAs,
    write: records.write,
  });
  const feed = new JournalFeed({ hooks, source: records.feed, secretOf, logger, file: fileOf('webhooks.json') });
  const { systemDatabaseId, privateDatabaseIds } = parts;
  const { nameOf, places } = records;
  const enrollments = new KeptEnrollments({ service, residents, systemDatabaseId, privateDatabaseIds, nameOf, places });
  return {
    residents,
    extensions: [
      ['doors', doors.extension],
      ['enrollments', enrollments.extension],
    ],
    async begin(observers) {
      residents.observe(observers);
      doors.start();
      await feed.start();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([doors, feed, enrollments].map((each) => each[Symbol.asyncDispose]()));
    },
  };
}
