/** Checks a configuration before anything is built from it; each fault names the field and the remedy. */

import type { z } from 'zod';
import { BiometricError } from '../../core/biometric-error.ts';

/** The checked configuration. Throws WHORL_E_CONFIGURATION, whose message has one line for each fault. */
export function checkConfiguration<T>(schema: z.ZodType<T>, configuration: unknown): T {
  const checked = schema.safeParse(configuration);
  if (checked.success) return checked.data;
  const faults = checked.error.issues.flatMap(faultsOf);
  throw new BiometricError('WHORL_E_CONFIGURATION', faults.join('\n'));
}

function faultsOf(issue: z.core.$ZodIssue): readonly string[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => `${fieldName([...issue.path, key])}: there is no such field; remove it`);
  }
  const inList = issue.code === 'invalid_union' ? issue.errors.find((branch) => branch.some(isOfElement)) : undefined;
  if (inList) return inList.flatMap((inner) => faultsOf({ ...inner, path: [...issue.path, ...inner.path] }));
  return [`${fieldName(issue.path) || 'configuration'}: ${issue.message}`];
}

/** A list was meant, and something in it is wrong. */
function isOfElement({ path: [first] }: z.core.$ZodIssue): boolean {
  return typeof first === 'number';
}

/** A field as a person writes it: `readers[0].folder`. */
function fieldName(path: readonly PropertyKey[]): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : `${i > 0 ? '.' : ''}${String(key)}`)).join('');
}
