/** The certificate that the pages are served with: one that is given, or one of its own, made once. */

import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { requirePrivate } from '../../composition/state/require-private.ts';
import { writeDurably } from '../../composition/state/write-durably.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import type { TlsConfiguration } from '../configuration/daemon-configuration.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Browsers take certificates of no more days. */
const LIFE_DAYS = 397;
/** Made anew when it would end sooner, days. */
const RENEW_DAYS = 30;

/** A certificate, as a server needs it. */
export interface Tls {
  readonly cert: string;
  readonly key: string;
  /** SHA-256, as browsers show it. */
  readonly fingerprint: string;
}

/** What one of its own is made with. */
export interface OwnCertificate {
  readonly keysFolder: string;
  /** Names and addresses that it is for, beside those of this machine. */
  readonly names: readonly string[];
}

/** Reads or makes it. Rejects with WHORL_E_CONFIGURATION for files that cannot be read or are no certificate and key. */
export async function tlsOf(tls: 'own' | TlsConfiguration, own: OwnCertificate): Promise<Tls> {
  if (tls !== 'own') return tlsFrom(tls.certificate, tls.key);
  const [certificate, key] = [join(own.keysFolder, 'console.crt'), join(own.keysFolder, 'console.key')];
  if (!existsSync(certificate) || !existsSync(key) || isOld(certificate)) await make(certificate, key, own.names);
  requirePrivate(key);
  return tlsFrom(certificate, key);
}

function tlsFrom(certificate: string, keyPath: string): Tls {
  const [cert, key] = [certificate, keyPath].map((path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch (cause) {
      throw new BiometricError('WHORL_E_CONFIGURATION', `http.tls: ${path} cannot be read`, { cause });
    }
  }) as [string, string];
  try {
    return { cert, key, fingerprint: new X509Certificate(cert).fingerprint256 };
  } catch (cause) {
    throw new BiometricError('WHORL_E_CONFIGURATION', `http.tls: ${certificate} is no certificate`, { cause });
  }
}

function isOld(certificate: string): boolean {
  const { validTo } = new X509Certificate(readFileSync(certificate));
  return Date.parse(validTo) < Date.now() + RENEW_DAYS * DAY_MS;
}

/** Makes one for this machine by all its names, and keeps it. */
async function make(certificate: string, key: string, names: readonly string[]): Promise<void> {
  // Loaded by services that make one.
  const { generate } = await import('selfsigned');
  const now = new Date();
  const made = await generate([{ name: 'commonName', value: hostname() }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    notBeforeDate: now,
    notAfterDate: new Date(now.getTime() + LIFE_DAYS * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: [...new Set([...ownNames(), ...names])].map(altName) },
    ],
  });
  writeDurably(key, made.private);
  writeDurably(certificate, made.cert);
}

function ownNames(): readonly string[] {
  const addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  return ['localhost', hostname(), ...addresses.filter(({ scopeid }) => !scopeid).map(({ address }) => address)];
}

/** Of kind 7 for an address, 2 for a name (RFC 5280). */
function altName(
  name: string,
): { readonly type: 7; readonly ip: string } | { readonly type: 2; readonly value: string } {
  return isIP(name) === 0 ? { type: 2, value: name } : { type: 7, ip: name };
}
