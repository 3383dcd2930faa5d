/** What libfprint does not say about its drivers, and the families of readers that each serves. */

/** How a driver is dealt with. */
export interface DriverSettings {
  /** Readers that it serves, for people. */
  readonly family: string;
  /** Whether its readers hand out pictures, or match inside. */
  readonly kind: 'picture' | 'match-on-chip';
  /** Pixels per inch, where libfprint states none. Default: {@link DEFAULT_PPI}. */
  readonly ppi?: number;
  /** How long the device stays open after a picture, milliseconds. Default: {@link DEFAULT_LINGER_MS}. */
  readonly lingerMs?: number;
  /** True when it may wait for as long as one likes; libfprint ends the others after three minutes. */
  readonly waitsForEver?: true;
}

/** What most readers have, and the least that the FBI admits for persons. */
export const DEFAULT_PPI = 500;

/** Long enough for the next touch of an enrollment, short enough for another program that wants the reader. */
export const DEFAULT_LINGER_MS = 1500;

/** By the names that libfprint gives its drivers. */
export const DRIVERS: Readonly<Record<string, DriverSettings>> = {
  aes1610: { family: 'AuthenTec AES1610', kind: 'picture' },
  aes1660: { family: 'AuthenTec AES1660', kind: 'picture' },
  aes2501: { family: 'AuthenTec AES2501', kind: 'picture' },
  aes2550: { family: 'AuthenTec AES2550, AES2810', kind: 'picture' },
  aes2660: { family: 'AuthenTec AES2660', kind: 'picture' },
  aes3500: { family: 'AuthenTec AES3500', kind: 'picture' },
  aes4000: { family: 'AuthenTec AES4000', kind: 'picture' },
  egis0570: { family: 'Egis Technology 0570', kind: 'picture' },
  egismoc: { family: 'Egis Technology, match on chip', kind: 'match-on-chip' },
  elan: { family: 'Elan Microelectronics', kind: 'picture' },
  elanmoc: { family: 'Elan Microelectronics, match on chip', kind: 'match-on-chip', waitsForEver: true },
  elanspi: { family: 'Elan Microelectronics, on SPI', kind: 'picture' },
  etes603: { family: 'EgisTec ES603', kind: 'picture' },
  focaltech_moc: { family: 'FocalTech, match on chip', kind: 'match-on-chip' },
  fpcmoc: { family: 'FPC, match on chip', kind: 'match-on-chip', waitsForEver: true },
  goodixmoc: { family: 'Goodix, match on chip', kind: 'match-on-chip', waitsForEver: true },
  nb1010: { family: 'NextBiometrics NB-1010-U', kind: 'picture' },
  realtek: { family: 'Realtek, match on chip', kind: 'match-on-chip' },
  synaptics: { family: 'Synaptics, match on chip', kind: 'match-on-chip', waitsForEver: true },
  upeksonly: { family: 'UPEK TouchStrip, sensor only', kind: 'picture' },
  upektc: { family: 'UPEK TouchChip, EikonTouch 300', kind: 'picture' },
  upektc_img: { family: 'UPEK TouchChip coprocessor', kind: 'picture' },
  // Its light stays on while it is open, and a second operation on an open one has been seen to crash it.
  uru4000: {
    family: 'DigitalPersona U.are.U 4000, 4000B, 4500; Microsoft Fingerprint Reader',
    kind: 'picture',
    ppi: 512,
    lingerMs: 0,
  },
  vcom5s: { family: 'Veridicom 5thSense', kind: 'picture' },
  vfs0050: { family: 'Validity VFS0050', kind: 'picture' },
  vfs101: { family: 'Validity VFS101', kind: 'picture' },
  vfs301: { family: 'Validity VFS301, VFS300', kind: 'picture' },
  vfs5011: { family: 'Validity VFS5011, VFS5131', kind: 'picture' },
  vfs7552: { family: 'Validity VFS7552', kind: 'picture' },
  virtual_image: { family: "libfprint's virtual reader of pictures", kind: 'picture' },
  virtual_device: { family: "libfprint's virtual reader", kind: 'match-on-chip' },
  virtual_device_storage: { family: "libfprint's virtual reader with storage", kind: 'match-on-chip' },
};

/** Settings of a driver that no table knows: those of a picture reader with a limit. */
export function settingsOf(driver: string): DriverSettings {
  return DRIVERS[driver] ?? { family: driver, kind: 'picture' };
}
