/** `whorl pair`: lets the web pages of an origin connect as an account. */

import { ownSid } from '../../composition/accounts/own-account.ts';
import { KeyStore } from '../../composition/state/key-store.ts';
import { makeStateFolder, stateDirectoryOf, statePlaces } from '../../composition/state/state-directory.ts';
import { BiometricError } from '../../core/biometric-error.ts';
import { Pairings, roleOf } from '../../daemon/clients/pairings.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { ownerNames } from '../fingers/names.ts';
import { columns } from '../print.ts';

/** Options of the command. */
export interface PairOptions {
  readonly config?: string;
  readonly days?: number;
  readonly list?: boolean;
  readonly revoke?: string;
  readonly sid?: string;
  readonly administrator?: boolean;
  readonly enroll?: boolean;
  /** Name to tell it by. */
  readonly name?: string;
  readonly role?: 'operator' | 'screen';
  /** The door of a screen. */
  readonly door?: string;
  readonly json?: boolean;
}

/** Adds, lists or revokes pairings. Rejects with WHORL_E_CONFIGURATION for an invalid origin. */
export async function pair(origin: string | undefined, options: PairOptions): Promise<void> {
  const { configuration } = await readConfiguration(options.config);
  const directory = stateDirectoryOf(configuration);
  makeStateFolder(statePlaces(directory).keysFolder);
  // A pairing is written with the master key: whoever cannot read it pairs nobody.
  using keys = await KeyStore.open(configuration.keys ?? 'file', statePlaces(directory));
  const pairings = new Pairings(directory, keys);
  const print = (data: unknown, text: string) =>
    process.stdout.write(options.json ? `${JSON.stringify(data, null, 2)}\n` : `${text}\n`);
  if (options.list === true) {
    const all = pairings.list().map(({ hash: _, ...pairing }) => pairing);
    const nameOf = await ownerNames();
    const rows = all.map((each) => {
      const { id, name = '', origin: of, sid, createdAt } = each;
      return [id, name, of, nameOf({ type: 'sid', sid }), roleOf(each), createdAt];
    });
    return void print(all, columns(rows) || 'no origin is paired');
  }
  if (options.revoke !== undefined) {
    if (!pairings.remove(options.revoke))
      throw new BiometricError('E_INVALIDARG', `there is no pairing ${options.revoke}`);
    return void print({ revoked: options.revoke }, `${options.revoke} is revoked`);
  }
  if (options.role === 'screen' && options.door === undefined) {
    throw new BiometricError('E_INVALIDARG', '--door: name the door that the screen shows');
  }
  if (origin === undefined) throw new BiometricError('E_INVALIDARG', 'name an origin such as https://example.org');
  const { pairing, token } = pairings.add({
    origin,
    sid: options.sid ?? ownSid(),
    administrator: options.administrator ?? false,
    mayEnroll: options.enroll ?? false,
    ...(options.days !== undefined && { days: options.days }),
    ...(options.name !== undefined && { name: options.name }),
    ...(options.role !== undefined && { role: options.role }),
    ...(options.door !== undefined && { door: options.door }),
  });
  const listed = configuration.http?.origins?.includes(origin) === true;
  const advice = listed
    ? ''
    : `\nadd ${origin} to http.origins in the configuration: until then the service refuses it`;
  print({ id: pairing.id, token }, `pairing ${pairing.id}; the token is shown once:\n${token}${advice}`);
}
