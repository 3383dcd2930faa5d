/** Readers as people know them: by a name, where they are, what they are for. */

/** What a reader is for. */
export type ReaderUse = 'door' | 'clock' | 'desk' | 'kiosk';

/** What people know of a reader; the reader is named as in the configuration, plugged in or not. */
export interface ReaderPlace {
  /** Name of the reader in the configuration, or the one that the service gave it. */
  readonly reader: string;
  /** Name to show; default: that of the reader. 1 to 64 characters. */
  readonly title: string;
  /** Where it is, such as `Main entrance`; several readers may share it. At most 64 characters; empty when nobody said. */
  readonly place: string;
  /** What it is for. */
  readonly use: ReaderUse;
  /** Whether it is plugged in. */
  readonly attached: boolean;
  /** Number of its unit now; absent while it is unplugged. */
  readonly unitId?: number;
  /** When it was last seen, milliseconds since 1970; absent while it is plugged in, or when it never was. */
  readonly seenAtMs?: number;
}

/** What is decided about a reader; what is absent stays. */
export interface PlaceChange {
  /** Name to show; empty for that of the reader. */
  readonly title?: string;
  /** Where it is; empty for nowhere. */
  readonly place?: string;
  /** What it is for. */
  readonly use?: ReaderUse;
}
