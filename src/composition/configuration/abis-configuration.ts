/** How a registry reaches the service as an ABIS, see docs/abis.md. */

import type { TlsPaths } from './service-configuration.ts';

/** The service as an ABIS, by the interface of MOSIP. */
export interface AbisConfiguration {
  /** Database of the references, a GUID: one of a private pool that nothing else uses. */
  readonly database: string;
  /** Beginnings of the addresses that biometrics are fetched from, each with `/` at its end: `https://host/share/`. */
  readonly sources: readonly string[];
  /** Requests to `POST /abis` of the HTTP listener. Needs `http`. Default: none are taken. */
  readonly http?: AbisHttpConfiguration | undefined;
  /** Requests over NATS. Default: none are taken. */
  readonly queue?: AbisQueueConfiguration | undefined;
}

/** Who may ask over HTTP: whoever sends the token. */
export interface AbisHttpConfiguration {
  /** The token, 16 to 4096 characters. Default: what `tokenCommand` prints. */
  readonly token?: string | undefined;
  /** A program, with its arguments, that prints the token; it runs when the service starts. */
  readonly tokenCommand?: readonly string[] | undefined;
}

/** Where requests over NATS come from. */
export interface AbisQueueConfiguration {
  /** NATS servers, `tls://host:4222`. */
  readonly servers: readonly string[];
  /** Certificates of the connection. Default: as the servers ask, without one. */
  readonly tls?: TlsPaths | undefined;
  /** Requests are those of `abis.<name>.requests`: 1 to 32 letters, digits, dashes or underlines. */
  readonly name: string;
}
