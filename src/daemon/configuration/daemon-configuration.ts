/** What a daemon can be configured with: the content of `whorl.config.json`. */

import type { AbisConfiguration } from '../../composition/configuration/abis-configuration.ts';
import type { ServiceConfiguration } from '../../composition/configuration/service-configuration.ts';
import type { ClientLimits } from '../../composition/connection/client-limits.ts';

/** Configuration of a daemon: that of a service, and how it is reached and by whom. */
export interface DaemonConfiguration extends Omit<ServiceConfiguration, 'application'> {
  /** Where an editor finds the JSON Schema; the daemon ignores it. */
  readonly $schema?: string | undefined;
  /** Path of the socket that clients connect to. Default: `whorl.sock` in the state directory. */
  readonly socket?: string | undefined;
  /** Who may do what. Default: the owner of the service and root may do everything, others nothing. */
  readonly access?: AccessConfiguration | undefined;
  /** What clients may use, each account and all together. Default of each: `docs/limits.md`. */
  readonly limits?: { readonly [Name in keyof ClientLimits]?: number | undefined } | undefined;
  /** Where backups lie, and when they are made without being asked for. Default: `backups` in the state directory, and never. */
  readonly backups?: BackupsConfiguration | undefined;
  /** JSON lines on standard error. */
  readonly log?: LogConfiguration | undefined;
  /** The console, `/health`, `/metrics`, and WebSocket clients. Default: off. */
  readonly http?: HttpConfiguration | undefined;
  /** The service stands in the place of fprintd on the message bus of Linux; see `docs/desktop.md`. Default: off. */
  readonly fprintd?: FprintdConfiguration | undefined;
  /** A registry may ask the service as an ABIS, by the interface of MOSIP; see `docs/abis.md`. Default: off. */
  readonly abis?: AbisConfiguration | undefined;
}

/**
 * Users by name or number, groups as `@name`, `*` for everyone; on Windows users and groups by name, `DOMAIN\name` or SID.
 * Needs the package koffi, and `socket` but on Windows.
 */
export interface AccessConfiguration {
  /** Who may connect, beside the owner of the service, root, administrators and operators. Default: no one. */
  readonly users?: readonly string[] | undefined;
  /** Who may do everything. Default: no one else. */
  readonly administrators?: readonly string[] | undefined;
  /** Who may look after people, journal and enrollments of others. Default: administrators. */
  readonly operators?: readonly string[] | undefined;
  /** Who may enroll their own fingers. Default: the owner, root and administrators. */
  readonly enroll?: readonly string[] | undefined;
}

/** Stands where fprintd is, so that login screens, settings and PAM use this service. Needs the package `dbus-native`. */
export interface FprintdConfiguration {
  /** Address of the bus. Default: DBUS_SYSTEM_BUS_ADDRESS, else the system bus. */
  readonly bus?: string | undefined;
  /** Whether polkit decides who may enroll and name other users, by the actions of fprintd. Default: false, `access` does. */
  readonly polkit?: boolean | undefined;
  /** Names of the readers that are offered. Default: all but those at doors. */
  readonly readers?: readonly string[] | undefined;
}

/** What is logged. */
export interface LogConfiguration {
  /** Least level that is written. Default: `'info'`. */
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Backups that the service makes itself. */
export interface BackupsConfiguration {
  /** Their folder, better on another disk. Default: `backups` in the state directory. */
  readonly folder?: string | undefined;
  /** Hours between two, 1 to 8760. Default: they are made on request alone. */
  readonly everyHours?: number | undefined;
  /** How many are kept; of more, the oldest goes, whoever made it. 1 to 1000. Default: 14. */
  readonly keep?: number | undefined;
}

/** A certificate and its key, in PEM. */
export interface TlsConfiguration {
  /** Path of the certificate, with those that it depends on. */
  readonly certificate: string;
  /** Path of its key. */
  readonly key: string;
}

/** The HTTP listener. */
export interface HttpConfiguration {
  /** TCP port; 0 takes any that is free. Default: 17737. */
  readonly port?: number | undefined;
  /** Address to listen on. Default: `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Names and addresses that the console is reached by beside loopback and `host`; the first is shown. Default: none. */
  readonly hosts?: readonly string[] | undefined;
  /** TLS: a certificate of its own, made at the first start, or one that is given. Needed on any address but loopback. Default: none. */
  readonly tls?: 'own' | TlsConfiguration | undefined;
  /** Origins of pages that may connect beside the console; each is paired first. Default: none. */
  readonly origins?: readonly string[] | undefined;
}
