/** The server of a configuration, for those who make, change and look at what is there. */

import { BiometricError } from '../../core/biometric-error.ts';
import { PostgresConnection } from '../../storage/postgres/postgres-connection.ts';
import type { ServiceConfiguration, SharedConfiguration } from '../configuration/service-configuration.ts';

/** What is shared. Throws WHORL_E_CONFIGURATION where nothing is. */
export function requireShared({ shared }: Pick<ServiceConfiguration, 'shared'>): SharedConfiguration {
  if (shared !== undefined) return shared;
  const text = 'shared: the configuration shares nothing; give "shared": { "site": ..., "postgres": { "url": ... } }';
  throw new BiometricError('WHORL_E_CONFIGURATION', text);
}

/**
 * Connections to the server; `url` is another address of it, of somebody who may do more than the service. Throws
 * WHORL_E_CONFIGURATION.
 */
export function sharedConnection(
  configuration: Pick<ServiceConfiguration, 'shared'>,
  url?: string,
): PostgresConnection {
  if (url !== undefined && configuration.shared === undefined) return new PostgresConnection({ url });
  const { postgres, site } = requireShared(configuration);
  const { passwordCommand: _, ...others } = postgres;
  return new PostgresConnection(url === undefined ? { ...postgres, site } : { ...others, url, site });
}
