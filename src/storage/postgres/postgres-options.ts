/** Where PostgreSQL is, and how long it may take. */

import { BiometricError } from '../../core/biometric-error.ts';
import { checkOptions, type OptionRule, record, someOf, text, wholeNumber } from '../../core/option-rules.ts';

/** Where PostgreSQL is, and how a service talks to it. */
export interface PostgresOptions {
  /**
   * `postgres://user@host,host/database?sslmode=verify-full`; of several hosts the one that takes writes. `sslmode` is
   * `disable`, `require`, `verify-ca` or `verify-full`; by default `verify-full`, and `disable` on this machine.
   */
  readonly url: string;
  /** Schema of the tables: 1 to 48 small letters, digits or underlines, a letter first. Default: `whorl`. */
  readonly schema?: string | undefined;
  /** A program, with its arguments, that prints the password. Default: that of the URL, or none. */
  readonly passwordCommand?: readonly string[] | undefined;
  /** Certificates, beside what `sslmode` says. */
  readonly tls?: PostgresTls | undefined;
  /** How often is asked for what is new, beside being told, milliseconds, 10 to 60000. Default: 1000. */
  readonly pollMs?: number | undefined;
  /** How long an answer may take, milliseconds, 100 to 60000. Default: 3000. */
  readonly timeoutMs?: number | undefined;
  /** Names whoever writes, in the history: 1 to 32 letters, digits, dots, dashes or underlines. Default: `whorl`. */
  readonly site?: string | undefined;
  /** Most connections at once, beside those of long reads, 1 to 100. Default: 8. */
  readonly connections?: number | undefined;
}

/** Certificates of a connection, as paths of PEM files. */
export interface PostgresTls {
  /** Certificates that the server has to be signed by. Default: those of the system. */
  readonly ca?: string | undefined;
  /** Certificate of this service. Default: none. */
  readonly certificate?: string | undefined;
  /** Its private key. */
  readonly key?: string | undefined;
}

/** Options with their defaults. */
export interface PostgresSettings extends Pick<PostgresOptions, 'url' | 'passwordCommand' | 'tls'> {
  readonly schema: string;
  readonly pollMs: number;
  readonly timeoutMs: number;
  readonly site: string;
  readonly connections: number;
}

const schemaName = matching(/^[a-z][a-z0-9_]{0,47}$/, '1 to 48 small letters, digits or underlines, a letter first');
const siteName = matching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/, '1 to 32 letters, digits, dots, dashes or underlines');

/**
 * The options with their defaults. Throws E_INVALIDARG for those that are none.
 */
export function withDefaults(options: PostgresOptions): PostgresSettings {
  const door = 'new PostgresConnection';
  checkOptions<PostgresOptions>(door, options, {
    url: matching(/^postgres(?:ql)?:\/\//, 'postgres://user@host/database'),
    schema: schemaName,
    passwordCommand: someOf(text),
    tls: record,
    pollMs: wholeNumber(10, 60_000),
    timeoutMs: wholeNumber(100, 60_000),
    site: siteName,
    connections: wholeNumber(1, 100),
  });
  if (options.url === undefined) throw new BiometricError('E_INVALIDARG', `${door}: give url`);
  const { tls } = options;
  if (tls !== undefined) {
    checkOptions<PostgresTls>(`${door}: tls`, tls, { ca: text, certificate: text, key: text });
    if ((tls.certificate === undefined) !== (tls.key === undefined)) {
      throw new BiometricError('E_INVALIDARG', `${door}: tls: give certificate and key`);
    }
  }
  return Object.freeze({
    url: options.url,
    schema: options.schema ?? 'whorl',
    passwordCommand: options.passwordCommand,
    tls,
    pollMs: options.pollMs ?? 1000,
    timeoutMs: options.timeoutMs ?? 3000,
    site: options.site ?? 'whorl',
    connections: options.connections ?? 8,
  });
}

function matching(pattern: RegExp, words: string): OptionRule {
  return (value) => (typeof value === 'string' && pattern.test(value) ? undefined : words);
}
