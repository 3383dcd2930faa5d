/** `@whorl/daemon`: the service of a machine, for programs that start it themselves. */

export type { ServiceConfiguration } from '../../composition/configuration/service-configuration.ts';
export type { SessionsInFront } from '../../composition/connection/turn-observer.ts';
export type { Logger } from '../../core/logger.ts';
export type {
  AccessConfiguration,
  DaemonConfiguration,
  HttpConfiguration,
  LogConfiguration,
} from '../../daemon/configuration/daemon-configuration.ts';
export { type FoundConfiguration, readConfiguration } from '../../daemon/configuration/read-configuration.ts';
export { type Daemon, type DaemonOptions, startDaemon } from '../../daemon/daemon.ts';
