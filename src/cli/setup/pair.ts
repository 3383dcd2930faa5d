/** `whorl pair`: lets web pages of an origin in, as an account. */

import { stateDirectoryOf } from '../../composition/state/state-directory.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { unixUserSid } from '../../core/sid.ts';
import { Pairings } from '../../daemon/clients/pairings.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';

/** Options of the command. */
export interface PairOptions {
  readonly config?: string;
  readonly list?: boolean;
  readonly revoke?: string;
  readonly sid?: string;
  readonly administrator?: boolean;
  readonly enroll?: boolean;
  readonly json?: boolean;
}

/** Makes, lists or ends pairings. Rejects with WHORL_E_CONFIGURATION for what is no origin. */
export async function pair(origin: string | undefined, options: PairOptions): Promise<void> {
  const { configuration } = await readConfiguration(options.config);
  const pairings = new Pairings(stateDirectoryOf(configuration));
  const print = (data: unknown, text: string) =>
    process.stdout.write(options.json ? `${JSON.stringify(data, null, 2)}\n` : `${text}\n`);
  if (options.list === true) {
    const all = pairings.list().map(({ hash: _, ...pairing }) => pairing);
    const lines = all.map(({ id, origin: of, sid, createdAt }) => `${id}  ${of}  ${sid}  ${createdAt}`);
    return void print(all, lines.join('\n') || 'no origin is paired');
  }
  if (options.revoke !== undefined) {
    if (!pairings.remove(options.revoke)) throw new BiometricError('E_INVALIDARG', `no pairing is ${options.revoke}`);
    return void print({ revoked: options.revoke }, `${options.revoke} does not get in any more`);
  }
  if (origin === undefined) throw new BiometricError('E_INVALIDARG', 'name an origin such as https://example.org');
  const { pairing, token } = pairings.add({
    origin,
    sid: options.sid ?? unixUserSid(process.getuid?.() ?? 0),
    administrator: options.administrator ?? false,
    mayEnroll: options.enroll ?? false,
  });
  const listed = configuration.http?.origins?.includes(origin) === true;
  const advice = listed ? '' : `\nadd ${origin} to http.origins of the configuration, or it is refused before that`;
  print({ id: pairing.id, token }, `pairing ${pairing.id}; the token is shown once:\n${token}${advice}`);
}
