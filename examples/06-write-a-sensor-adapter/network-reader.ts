/** A reader on the network: `GET frame` answers with a PGM image as soon as a finger is there, `DELETE frame` takes it. */

import * as w from 'whorl/adapters';
import { decodePgm, encodeFingerprintSample } from 'whorl/formats';

class NetworkReader extends w.SensorAdapterBase {
  readonly info: w.SensorInfo;
  readonly #frame: URL;
  readonly #closing = new AbortController();

  constructor(url: string) {
    super();
    this.#frame = new URL('frame', url);
    this.info = {
      factor: w.WINBIO_TYPE_FINGERPRINT,
      subType: w.WINBIO_FP_SENSOR_SUBTYPE_TOUCH,
      capabilities: w.WINBIO_CAPABILITY_SENSOR,
      deviceInstanceId: `ACME\\${this.#frame.host}`,
      description: 'Fingerprint reader on the network',
      manufacturer: 'Acme',
      model: 'Network Reader',
      serialNumber: this.#frame.host,
      firmwareVersion: { major: 1, minor: 0 },
      exportFlags: [w.WINBIO_DATA_FLAG_RAW],
    };
  }

  protected override async _capture(
    { purpose }: w.CaptureRequest,
    options: w.AdapterOptions,
  ): Promise<w.CaptureOutcome> {
    const signal = AbortSignal.any([options.signal, this.#closing.signal]);
    try {
      const answer = await fetch(this.#frame, { signal });
      if (!answer.ok) throw new w.BiometricError('WINBIO_E_DEVICE_FAILURE', `the reader answered ${answer.status}`);
      const frame = new Uint8Array(await answer.arrayBuffer());
      // Only now does the reader forget the finger: one that an aborted capture saw belongs to the next.
      await fetch(this.#frame, { method: 'DELETE' });
      const detail = Number(answer.headers.get('reject-detail') ?? 0);
      if (detail !== 0) return { kind: 'rejected', detail };
      const image = decodePgm(frame, { resolutionPpi: Number(answer.headers.get('resolution-ppi')) });
      return { kind: 'sample', sample: encodeFingerprintSample(image, { purpose }) };
    } catch (cause) {
      w.throwIfAborted(signal);
      if (cause instanceof w.BiometricError) throw cause;
      throw new w.BiometricError('WINBIO_E_SENSOR_UNAVAILABLE', 'the reader does not answer', { cause });
    }
  }

  protected override async _close(): Promise<void> {
    this.#closing.abort();
  }
}

export const adapter = w.defineAdapter({
  kind: 'sensor',
  name: 'acme-network-reader',
  version: '1.0.0',
  contract: '1.0',
  capabilities: ['rejections', 'removal'],
  create({ url }) {
    if (typeof url !== 'string' || !URL.canParse(url))
      throw new w.BiometricError('WHORL_E_CONFIGURATION', 'url: give one');
    return new w.FixedSensors(new NetworkReader(url));
  },
});
