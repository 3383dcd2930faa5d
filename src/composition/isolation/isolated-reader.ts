/** The module of a reader in a process of its own: sensors, or readers that match inside, as it turns out there. */

import { IsolatedDevices } from './isolated-devices.ts';
import { IsolatedSensors } from './isolated-sensors.ts';
import type { LoadedReader } from './loaded-reader.ts';
import { type IsolationParts, SupervisedAdapter } from './supervised-adapter.ts';

/** Resolves when what is present is known. Rejects as the module does. */
export async function isolatedReader(parts: IsolationParts): Promise<LoadedReader> {
  const sensors = new IsolatedSensors();
  const devices = new IsolatedDevices(() => adapter.close());
  const adapter = await SupervisedAdapter.start({
    ...parts,
    endCode: 'WINBIO_E_SENSOR_UNAVAILABLE',
    onSensor: (message, process) => {
      sensors.hear(message, process);
      devices.hear(message, process);
    },
    onEnd: () => {
      sensors.loseAll();
      devices.loseAll();
    },
  });
  sensors.own(adapter);
  return adapter.facts.kind === 'device' ? { kind: 'device', source: devices } : { kind: 'sensor', source: sensors };
}
