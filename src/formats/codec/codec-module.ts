/** What the codecs compiled to WebAssembly offer: the classes of `@cornerstonejs/codec-*`, as far as they are used. */

/** What a picture is, before it is written and after it was read. */
export interface FrameInfo {
  readonly width: number;
  readonly height: number;
  readonly bitsPerSample: number;
  readonly componentCount: number;
  readonly isSigned: boolean;
}

/** Holds memory of its module until it is deleted. */
interface Held {
  delete(): void;
}

/** Reads one picture: fill the encoded buffer, decode, copy the decoded one. */
export interface PictureDecoder extends Held {
  /** Space for the file. */
  getEncodedBuffer(bytes: number): Uint8Array | Uint8ClampedArray;
  decode(): void;
  getFrameInfo(): FrameInfo;
  /** Samples, component by component within a pixel; 16 bits, little endian, where they do not fit into 8. */
  getDecodedBuffer(): Uint8Array | Uint8ClampedArray;
}

/** Writes one picture: fill the decoded buffer, encode, copy the encoded one. */
export interface PictureEncoder extends Held {
  /** Space for the samples. */
  getDecodedBuffer(frame: FrameInfo): Uint8Array | Uint8ClampedArray;
  encode(): void;
  getEncodedBuffer(): Uint8Array | Uint8ClampedArray;
}

/** libjpeg-turbo. */
export interface JpegModule {
  readonly JPEGDecoder: new () => PictureDecoder;
  readonly JPEGEncoder: new () => PictureEncoder & {
    setQuality(quality: number): void;
    setProgressive(isProgressive: boolean): void;
  };
}

/** OpenJPEG. */
export interface Jpeg2000Module {
  readonly J2KDecoder: new () => PictureDecoder & {
    /** 1 RGB, 2 grey, 3 luma and two chromas; others are rarer. */
    getColorSpace(): number;
  };
  readonly J2KEncoder: new () => PictureEncoder & {
    setQuality(isLossless: boolean, layers: number): void;
    /** Times that the picture is halved. */
    setDecompositions(count: number): void;
    setCompressionRatio(layer: number, ratio: number): void;
  };
}
