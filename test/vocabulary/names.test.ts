import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Words of other vocabularies for what ours already names (docs/adr/0006). */
const FOREIGN = [
  /scan(?!_)/i,
  /authenticat/i,
  /\blogin/i,
  /genuine/i,
  /impostor/i,
  /recogni[sz]e[A-Z]/,
  /similarity/i,
  /liveness/i,
];

const entries = readdirSync('src/exports', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.ts'),
);

test.each(entries)('the names of exports/%s are of our vocabulary', async (entry) => {
  const names = Object.keys((await import(join(process.cwd(), 'src/exports', entry))) as object);
  expect(names.length).toBeGreaterThan(0);
  // Constants that mirror a header keep the header's name.
  const own = names.filter((name) => !/^(WINBIO_|E_|S_|SEC_E_)/.test(name));
  expect(own.filter((name) => FOREIGN.some((word) => word.test(name)))).toEqual([]);
});
