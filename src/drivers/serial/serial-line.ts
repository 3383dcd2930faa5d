/** A serial line as protocols see it: bytes out, bytes in, a rate, and an end. */

/** Hears of a line. */
export interface SerialLineObserver {
  /** Bytes came; they belong to the observer. */
  data(bytes: Uint8Array): void;
  /** The line has ended; nothing follows. `fault` when it was not closed from here: the cable was pulled. */
  ended(fault?: Error): void;
}

/** An open line, 8 data bits, no parity, 1 stop bit. */
export interface SerialLine {
  /** Where it is: `/dev/ttyUSB0`, `COM3`. */
  readonly path: string;
  /** Bits a second, now. */
  readonly baudRate: number;
  /** Reports what happens until the subscription is disposed; a line has one observer at a time. */
  observe(observer: SerialLineObserver): Disposable;
  /** Resolves when the bytes have left. Rejects with WINBIO_E_SENSOR_UNAVAILABLE once the line has ended. */
  write(bytes: Uint8Array): Promise<void>;
  /** Changes the rate. Rejects with WINBIO_E_DEVICE_FAILURE when the port does not have it. */
  setBaudRate(baudRate: number): Promise<void>;
  /** Releases the port; idempotent. Never rejects. */
  close(): Promise<void>;
}

/** Opens a line. Rejects with WINBIO_E_SENSOR_UNAVAILABLE, WINBIO_E_DEVICE_BUSY, E_ACCESSDENIED, WHORL_E_CONFIGURATION. */
export type OpenSerialLine = (path: string, baudRate: number) => Promise<SerialLine>;
