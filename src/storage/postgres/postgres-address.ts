/** The address of a database: `postgres://user:password@host:port,host:port/database?sslmode=...`, as libpq reads it. */

import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { BiometricError } from '../../core/biometric-error.ts';
import { nearest } from '../../core/nearest.ts';
import type { PostgresTls } from './postgres-options.ts';

/** One server of an address. */
export interface PostgresHost {
  /** Name, address, or folder of a socket. */
  readonly host: string;
  readonly port: number;
}

/** What an address says. */
export interface PostgresAddress {
  readonly hosts: readonly PostgresHost[];
  readonly user: string | undefined;
  readonly password: string | undefined;
  readonly database: string | undefined;
  readonly sslmode: SslMode | undefined;
  /** Whether a server that takes no writes will do. */
  readonly takesAny: boolean;
}

const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full'] as const;
/** How a connection is secured. */
export type SslMode = (typeof SSL_MODES)[number];

const SESSION_KINDS = ['read-write', 'any'];
const PARAMETERS = ['sslmode', 'target_session_attrs', 'host', 'port'];
const URL_PARTS = /^postgres(?:ql)?:\/\/(?:([^:@/?]*)(?::([^@/?]*))?@)?([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/;
const DEFAULT_PORT = 5432;

/** Throws WHORL_E_CONFIGURATION, without the password. */
export function parseAddress(url: string): PostgresAddress {
  const parts = URL_PARTS.exec(url);
  if (parts === null) throw wrong('give postgres://user@host/database');
  const [, user, password, hosts = '', database, query] = parts;
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys()) requireOneOf('parameter', name, PARAMETERS);
  const sslmode = parameters.get('sslmode') ?? undefined;
  if (sslmode !== undefined) requireOneOf('sslmode', sslmode, SSL_MODES);
  const kind = parameters.get('target_session_attrs') ?? 'read-write';
  requireOneOf('target_session_attrs', kind, SESSION_KINDS);
  return {
    hosts: hostsOf(hosts || parameters.get('host') || 'localhost', parameters.get('port')),
    user: decoded(user),
    password: decoded(password),
    database: decoded(database),
    sslmode: sslmode as SslMode | undefined,
    takesAny: kind === 'any',
  };
}

/** How a connection to a host is secured; false for not at all. Throws WHORL_E_CONFIGURATION. */
export function tlsFor(
  address: PostgresAddress,
  { host }: PostgresHost,
  tls: PostgresTls = {},
): false | ConnectionOptions {
  const mode = address.sslmode ?? (isHere(host) ? 'disable' : 'verify-full');
  if (mode === 'disable' || host.startsWith('/')) return false;
  const ca = tls.ca === undefined ? undefined : pem('ca', tls.ca);
  const own = tls.certificate !== undefined &&
    tls.key !== undefined && { cert: pem('certificate', tls.certificate), key: pem('key', tls.key) };
  return {
    // Of an address without a name the certificate names the address.
    ...(isIP(host) === 0 ? { servername: host } : { host }),
    ...(ca !== undefined && { ca }),
    ...own,
    // As libpq: `require` with certificates to check by is `verify-ca`.
    ...(mode === 'require' && ca === undefined && { rejectUnauthorized: false }),
    ...((mode === 'verify-ca' || (mode === 'require' && ca !== undefined)) && { checkServerIdentity: () => undefined }),
  };
}

function hostsOf(hosts: string, ports: string | null): readonly PostgresHost[] {
  const byPlace = ports?.split(',') ?? [];
  return hosts.split(',').map((each, i) => {
    const [, bracketed, plain, ownPort] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(each) ?? [];
    const host = bracketed ?? decoded(plain);
    if (host === undefined) throw wrong(`${each} is no host`);
    const port = Number(ownPort ?? byPlace[i] ?? byPlace.at(-1) ?? DEFAULT_PORT);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw wrong('a port is 1 to 65535');
    return { host, port };
  });
}

function isHere(host: string): boolean {
  return host.startsWith('/') || host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function decoded(part: string | undefined): string | undefined {
  if (part === undefined || part === '') return undefined;
  try {
    return decodeURIComponent(part);
  } catch {
    throw wrong('write % as %25');
  }
}

function pem(name: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new BiometricError('WHORL_E_CONFIGURATION', `tls: ${name}: ${path} cannot be read`, { cause });
  }
}

function requireOneOf(what: string, value: string, known: readonly string[]): void {
  if (known.includes(value)) return;
  const meant = nearest(value, known);
  throw wrong(`${what} ${value}: ${meant === undefined ? `there are ${known.join(', ')}` : `did you mean ${meant}?`}`);
}

function wrong(text: string): BiometricError {
  return new BiometricError('WHORL_E_CONFIGURATION', `the address of PostgreSQL: ${text}`);
}
