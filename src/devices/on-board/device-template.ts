/** What is stored of a print on a device: which device, which print, and what its driver needs to find it again. */

import type { DevicePrint } from '../../adapters/matching-device.ts';
import { packFields, unpackFields } from './packed-fields.ts';

/** Format of the templates: handles of prints that never leave their device. */
export const DEVICE_TEMPLATE_FORMAT = '3B0D6E2C-9A57-4C1E-8D42-61F7B25A904E';

/** A print and its device. */
export interface DeviceTemplate {
  /** `deviceInstanceId` of the device. */
  readonly device: string;
  /** The print, as the driver names it. */
  readonly print: DevicePrint;
}

const MARK = 'WDTP';

/**
 * The bytes of a template. Throws WHORL_E_LIMIT_EXCEEDED for fields of more than 64 KB.
 *
 * @example
 * ```ts
 * const bytes = encodeDeviceTemplate({ device: device.info.deviceInstanceId, print });
 * ```
 */
export function encodeDeviceTemplate({ device, print }: DeviceTemplate): Uint8Array {
  return packFields(MARK, [device, print.id, print.label ?? '', print.handle]);
}

/**
 * The template of bytes. Throws WHORL_E_MALFORMED, WHORL_E_NEWER_FORMAT.
 *
 * @example
 * ```ts
 * const { print } = decodeDeviceTemplate(template);
 * ```
 */
export function decodeDeviceTemplate(bytes: Uint8Array): DeviceTemplate {
  const [device, id, label, handle] = unpackFields(MARK, 4, bytes);
  const text = (field: Uint8Array | undefined) => new TextDecoder().decode(field);
  const print = { id: text(id), handle: handle ?? new Uint8Array(), ...(label?.length && { label: text(label) }) };
  return { device: text(device), print };
}
