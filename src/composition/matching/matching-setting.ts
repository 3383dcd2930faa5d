/** What a configuration says about matching, with its defaults. */

import { isAbsolute, join } from 'node:path';
import { BiometricError } from '../../core/biometric-error.ts';
import { normalizeGuid } from '../../core/guid.ts';
import type { DatabaseId } from '../../core/identifiers.ts';
import type { Logger } from '../../core/logger.ts';
import { NatsTransport } from '../../matching/transport/nats-transport.ts';
import { DEFAULT_DATABASES } from '../configuration/default-databases.ts';
import type {
  MatchingConfiguration,
  ServiceConfiguration,
  SharedConfiguration,
} from '../configuration/service-configuration.ts';

/** Parts of a gallery by default. */
const PARTS = 64;

/** The setting with what follows from the rest of the configuration. */
export interface MatchingSetting {
  readonly matching: MatchingConfiguration;
  readonly shared: SharedConfiguration;
  readonly databaseId: DatabaseId;
  readonly parts: number;
  /** Names this node or service. */
  readonly name: string;
}

/** The setting. Throws WHORL_E_CONFIGURATION where something is missing that it needs. */
export function matchingSetting({
  matching,
  shared,
  databases = DEFAULT_DATABASES,
}: ServiceConfiguration): MatchingSetting {
  if (matching === undefined) throw missing('matching: give servers, such as { "servers": ["tls://n1:4222"] }');
  if (shared === undefined) throw missing('matching: the gallery is that of a shared database; give `shared` as well');
  const system = databases.find(({ pool }) => pool === 'system');
  const id = matching.database ?? system?.id;
  if (id === undefined) throw missing('matching.database: there is no database of the system pool; name another one');
  const databaseId = normalizeGuid(id);
  if (!databases.some((each) => normalizeGuid(each.id) === databaseId)) {
    throw missing('matching.database: it is not among `databases`');
  }
  const name = matching.name ?? shared.site.replaceAll('.', '-');
  return { matching, shared, databaseId, parts: matching.parts ?? PARTS, name };
}

/** Connects to the servers of the setting; paths are relative to `folder`. Rejects with WHORL_E_CONFIGURATION. */
export async function openTransport(
  {
    matching: { servers, tls },
    name,
  }: Pick<MatchingSetting, 'name'> & {
    readonly matching: Pick<MatchingConfiguration, 'servers' | 'tls'>;
  },
  { folder, logger }: { readonly folder: string; readonly logger: Logger },
): Promise<NatsTransport> {
  const found = (path: string | undefined) => (path === undefined || isAbsolute(path) ? path : join(folder, path));
  const paths = tls && { ca: found(tls.ca), certificate: found(tls.certificate), key: found(tls.key) };
  return await NatsTransport.open({ servers, tls: paths, name, logger });
}

function missing(text: string): BiometricError {
  return new BiometricError('WHORL_E_CONFIGURATION', text);
}
