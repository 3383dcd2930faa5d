/** A connection to the framework as a whole: enumerations and change notices, no samples. WBF: framework 1. */

import type { Outcome } from '../outcome.ts';
import { type Execute, Handle, type HandleParts } from './handle.ts';
import type { Operation } from './operation.ts';

export class Framework extends Handle {
  readonly #execute: Execute<Framework>;

  constructor(parts: HandleParts & { readonly execute: Execute<Framework> }) {
    super(parts);
    this.#execute = parts.execute;
  }

  protected execute(operation: Operation): Promise<Outcome> | Outcome {
    return this.#execute(this, operation);
  }

  protected async release(): Promise<void> {}
}
