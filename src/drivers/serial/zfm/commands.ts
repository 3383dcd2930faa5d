/** What a module of the ZFM-20 family can be told, and what its answers mean. Source: as packet.ts. */

import type { CodeName } from '../../../core/codes.ts';
import {
  WINBIO_FP_MERGE_FAILURE,
  WINBIO_FP_POOR_QUALITY,
  WINBIO_FP_TOO_SHORT,
} from '../../../core/constants/reject-details.ts';
import type { RejectDetail } from '../../../core/identifiers.ts';

/** A command. */
export interface ZfmCommand {
  /** First byte of its packet. */
  readonly code: number;
  /** Bytes of its answer, the confirmation among them. */
  readonly answerBytes: number;
  /** How long a module may take, milliseconds. */
  readonly withinMs: number;
}

/** Commands by the names of the manuals. Each may be given twice: the second time changes nothing. */
// biome-ignore format: a row for each command keeps it a table
export const ZFM_COMMANDS = Object.freeze({
  GetImage:     { code: 0x01, answerBytes: 1,  withinMs: 2000 },
  Img2Tz:       { code: 0x02, answerBytes: 1,  withinMs: 2000 },
  Match:        { code: 0x03, answerBytes: 3,  withinMs: 2000 },
  Search:       { code: 0x04, answerBytes: 5,  withinMs: 5000 },
  RegModel:     { code: 0x05, answerBytes: 1,  withinMs: 2000 },
  Store:        { code: 0x06, answerBytes: 1,  withinMs: 2000 },
  LoadChar:     { code: 0x07, answerBytes: 1,  withinMs: 2000 },
  UpChar:       { code: 0x08, answerBytes: 1,  withinMs: 2000 },
  DownChar:     { code: 0x09, answerBytes: 1,  withinMs: 2000 },
  UpImage:      { code: 0x0a, answerBytes: 1,  withinMs: 2000 },
  DeletChar:    { code: 0x0c, answerBytes: 1,  withinMs: 2000 },
  Empty:        { code: 0x0d, answerBytes: 1,  withinMs: 5000 },
  SetSysPara:   { code: 0x0e, answerBytes: 1,  withinMs: 1000 },
  ReadSysPara:  { code: 0x0f, answerBytes: 17, withinMs: 1000 },
  VfyPwd:       { code: 0x13, answerBytes: 1,  withinMs: 400 },
  TemplateNum:  { code: 0x1d, answerBytes: 3,  withinMs: 1000 },
  ReadConList:  { code: 0x1f, answerBytes: 33, withinMs: 1000 },
  AuraLed:      { code: 0x35, answerBytes: 1,  withinMs: 1000 },
} as const satisfies Record<string, ZfmCommand>);

/** Name of a command. */
export type ZfmCommandName = keyof typeof ZFM_COMMANDS;

/** What a confirmation says about a command. */
export interface ZfmConfirmation {
  /** In words. */
  readonly words: string;
  /** Set when the touch is to blame, and not the module. */
  readonly detail?: RejectDetail;
  /** What it is to a caller. Default: WINBIO_E_DEVICE_FAILURE. */
  readonly code?: CodeName;
}

/** The command was carried out. */
export const ZFM_OK = 0x00;
/** The module did not understand the packet. */
export const ZFM_PACKET_FAULT = 0x01;
/** No finger is on the glass. */
export const ZFM_NO_FINGER = 0x02;
/** The prints are of different fingers. */
export const ZFM_NO_MATCH = 0x08;
/** The library holds no such finger. */
export const ZFM_NOT_FOUND = 0x09;

/** Confirmations by their numbers. */
// biome-ignore format: a row for each confirmation keeps it a table
export const ZFM_CONFIRMATIONS: Readonly<Record<number, ZfmConfirmation>> = Object.freeze({
  [ZFM_PACKET_FAULT]: { words: 'it did not receive the command whole; check its supply, 3.3 V modules brown out' },
  [ZFM_NO_FINGER]: { words: 'no finger is on it' },
  3: { words: 'the finger could not be captured', detail: WINBIO_FP_POOR_QUALITY },
  4: { words: 'the picture is too dry or too light', detail: WINBIO_FP_POOR_QUALITY },
  5: { words: 'the picture is too wet or too dark', detail: WINBIO_FP_POOR_QUALITY },
  6: { words: 'the picture is disorderly', detail: WINBIO_FP_POOR_QUALITY },
  7: { words: 'the picture shows too little of the finger', detail: WINBIO_FP_TOO_SHORT },
  [ZFM_NO_MATCH]: { words: 'the fingers differ' },
  [ZFM_NOT_FOUND]: { words: 'it holds no such finger' },
  10: { words: 'the touches are not of one finger', detail: WINBIO_FP_MERGE_FAILURE },
  11: { words: 'there is no such slot', code: 'WINBIO_E_DATABASE_NO_SUCH_RECORD' },
  12: { words: 'the slot holds no template', code: 'WINBIO_E_DATABASE_NO_SUCH_RECORD' },
  13: { words: 'the template could not be handed out' },
  14: { words: 'it takes no data now' },
  15: { words: 'the picture could not be handed out' },
  16: { words: 'the template could not be deleted' },
  17: { words: 'the library could not be cleared' },
  19: { words: 'the password is another one; set password', code: 'WINBIO_E_SENSOR_UNAVAILABLE' },
  21: { words: 'there is no usable picture', detail: WINBIO_FP_POOR_QUALITY },
  24: { words: 'its memory could not be written' },
  25: { words: 'no error that its manual defines' },
  26: { words: 'it has no such register' },
  27: { words: 'it does not take this setting' },
  31: { words: 'the library is full', code: 'WINBIO_E_DATABASE_FULL' },
  32: { words: 'its address is another one; set address', code: 'WINBIO_E_SENSOR_UNAVAILABLE' },
  33: { words: 'it wants a password first; set password', code: 'WINBIO_E_SENSOR_UNAVAILABLE' },
});
