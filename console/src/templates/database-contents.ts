/** What the databases of a service hold, as far as the account may know. */

import type {
  DatabaseDescription,
  OwnerIdentity,
  SubFactor,
  TemplateOwner,
} from '../../../src/exports/whorl/client/browser.ts';
import { ownersIn, poolOfDatabase } from '../pools/pool-choice.ts';
import type { ConnectedService } from '../service/connected-service.ts';

/** One database and the owners of its templates. */
export interface DatabaseContents {
  readonly database: DatabaseDescription;
  readonly owners: readonly TemplateOwner[];
}

/** One template, and where it is. */
export interface TemplatePlace {
  readonly database: DatabaseDescription;
  readonly identity: OwnerIdentity;
  readonly subFactor: SubFactor;
}

/** All databases for an administrator; for other accounts their own templates in the system pool. */
export async function readContents(service: ConnectedService): Promise<readonly DatabaseContents[]> {
  const { databases, account, systemDatabase } = service;
  const shown = account.administrator ? databases : databases.filter((each) => each.databaseId === systemDatabase);
  return await Promise.all(
    shown.map(async (database) => ({
      database,
      owners: await ownersIn(service, poolOfDatabase(service, database.databaseId)),
    })),
  );
}
