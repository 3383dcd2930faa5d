/** `whorl keys rotate`: seals every template with a new key, in the running service or offline. */

import { offlineDatabases } from '../../composition/compose/offline-databases.ts';
import { type Rotation, rotateKeys } from '../../composition/state/rotate-keys.ts';
import { isBiometricError } from '../../core/biometric-error.ts';
import { readConfiguration } from '../../daemon/configuration/read-configuration.ts';
import { connect } from '../../exports/whorl/index.ts';
import { interruptSignal, requireGoingOn } from '../interruption.ts';
import { progressBar } from '../progress-bar.ts';

/** Options of the command. */
export interface KeysOptions {
  readonly config?: string;
  readonly address?: string;
  readonly json?: boolean;
}

/** Rotates the keys. Can be interrupted at any time; the next run continues. */
export async function rotate({ config, address, json = false }: KeysOptions): Promise<void> {
  const rotation = (await rotateInService(address)) ?? (await rotateOffline(config));
  if (json) process.stdout.write(`${JSON.stringify(rotation)}\n`);
  else {
    const old = rotation.oldKeyForgotten ? 'the old key is discarded' : 'remove the old key where you keep it';
    process.stdout.write(`${rotation.resealed} templates resealed; ${old}\n`);
  }
}

async function rotateInService(address: string | undefined): Promise<Rotation | undefined> {
  try {
    await using service = await connect({ ...(address !== undefined && { address }) });
    return (await service.channel.ask('administration', { kind: 'rotate-keys' })) as Rotation;
  } catch (thrown) {
    if (isBiometricError(thrown) && thrown.code === 'WHORL_E_SERVICE_NOT_RUNNING') return undefined;
    throw thrown;
  }
}

async function rotateOffline(config: string | undefined): Promise<Rotation> {
  const { configuration, folder } = await readConfiguration(config);
  await using databases = await offlineDatabases(configuration, folder);
  const { sealed, registrations, ofDevices } = databases;
  if (sealed === undefined) return { resealed: 0, oldKeyForgotten: false };
  using bar = progressBar('records');
  using interruption = interruptSignal();
  return await databases.accountFor('rotate-keys', () =>
    rotateKeys(sealed, [...registrations, ...ofDevices], databases.records, (done, total) => {
      bar.update(done, total);
      requireGoingOn(interruption.signal);
    }),
  );
}
