/** Names of the conditions that prints are compared in; apart from what they do, since that needs the engine. */

/** All names, in order. */
export const PRINT_CONDITION_NAMES = ['clean', 'damaged', '10mm', '8mm', '8mm-whole'] as const;

/** Name of a condition. */
export type PrintConditionName = (typeof PRINT_CONDITION_NAMES)[number];
