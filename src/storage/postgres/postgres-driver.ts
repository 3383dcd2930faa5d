/** The client of PostgreSQL, loaded when a database is there: an optional dependency. */

import type pg from 'pg';
import type { to } from 'pg-copy-streams';
import { BiometricError } from '../../core/biometric-error.ts';

/** What is used of `pg` and `pg-copy-streams`. */
export interface PostgresDriver {
  readonly Pool: typeof pg.Pool;
  readonly Client: typeof pg.Client;
  /** A COPY to here. */
  readonly copyTo: typeof to;
}

let loading: Promise<PostgresDriver> | undefined;

/** Rejects with WHORL_E_CONFIGURATION when the packages are missing. */
export function loadDriver(): Promise<PostgresDriver> {
  loading ??= load();
  return loading;
}

async function load(): Promise<PostgresDriver> {
  try {
    const [{ default: driver }, { to: copyTo }] = await Promise.all([import('pg'), import('pg-copy-streams')]);
    return { Pool: driver.Pool, Client: driver.Client, copyTo };
  } catch (cause) {
    loading = undefined;
    const text = 'a shared database needs two packages that are not installed: npm install pg pg-copy-streams';
    throw new BiometricError('WHORL_E_CONFIGURATION', text, { cause });
  }
}
