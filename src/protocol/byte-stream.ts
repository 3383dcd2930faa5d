/** The port between framing and sockets. */

/** The part of a socket that framing needs; `net.Socket` of Node has it. */
export interface ByteStream {
  /** Bytes written and not sent yet. */
  readonly writableLength: number;
  write(bytes: Uint8Array): boolean;
  on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
  on(event: 'drain' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  pause(): unknown;
  resume(): unknown;
  end(): unknown;
  destroy(): unknown;
  ref(): unknown;
  unref(): unknown;
}
