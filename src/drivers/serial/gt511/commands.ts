/** What a module of the GT-511 family can be told to hand out pictures. Source: as frame.ts. */

import type { CodeName } from '../../../core/codes.ts';
import { WINBIO_FP_POOR_QUALITY } from '../../../core/constants/reject-details.ts';
import type { RejectDetail } from '../../../core/identifiers.ts';

/** Commands by the names of the datasheet. */
export const GT511_COMMANDS = Object.freeze({
  Open: 0x01,
  Close: 0x02,
  ChangeBaudrate: 0x04,
  CmosLed: 0x12,
  IsPressFinger: 0x26,
  CaptureFinger: 0x60,
  GetImage: 0x62,
} as const);

/** Name of a command. */
export type Gt511CommandName = keyof typeof GT511_COMMANDS;

/** What an error of a module means. */
export interface Gt511Error {
  /** In words. */
  readonly words: string;
  /** Set when the touch is to blame. */
  readonly detail?: RejectDetail;
  /** What it is to a caller. Default: WINBIO_E_DEVICE_FAILURE. */
  readonly code?: CodeName;
}

/** No finger is on the glass. */
export const GT511_NO_FINGER = 0x1012;

/** Errors by their numbers. */
export const GT511_ERRORS: Readonly<Record<number, Gt511Error>> = Object.freeze({
  4097: { words: 'it waited too long' },
  4098: { words: 'it does not have this rate' },
  4102: { words: 'it did not receive the command whole' },
  4108: { words: 'the finger could not be captured', detail: WINBIO_FP_POOR_QUALITY },
  4110: { words: 'it cannot do this' },
  4111: { words: 'its sensor fails' },
  4113: { words: 'it does not take this value' },
  [GT511_NO_FINGER]: { words: 'no finger is on it' },
});

/** Pictures of the family: 8 bits a pixel. */
export const GT511_PICTURE = Object.freeze({ widthPx: 258, heightPx: 202, resolutionPpi: 450 } as const);

/** Bytes of what Open tells: firmware (4), area (4), serial number (16). */
export const GT511_INFO_BYTES = 24;
