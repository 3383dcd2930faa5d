/** What `whorl bench calibration` measures unless told otherwise; apart, since the table of commands shows it. */

/** Conditions of the prints. */
export const CALIBRATION_CONDITIONS = 'clean,10mm,8mm,8mm-whole';

/** Views of a reference. */
export const CALIBRATION_VIEWS = '1,2,3,4';
