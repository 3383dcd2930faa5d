/** Reads what a client asks an extension. */

import type { z } from 'zod';
import { BiometricError } from '../../core/biometric-error.ts';

/** The question. Throws E_INVALIDARG that names the field that is wrong and what may be, never its value. */
export function readQuestion<T>(extension: string, schema: z.ZodType<T>, body: unknown): T {
  const question = schema.safeParse(body);
  if (question.success) return question.data;
  const [issue] = question.error.issues;
  const field = issue?.path.join('.') || 'the question';
  throw new BiometricError('E_INVALIDARG', `${extension}: ${field}: ${issue?.message ?? 'is not known'}`);
}
