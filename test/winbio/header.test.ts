/** The page of the header holds every public name, and says of each what `whorl/winbio` has of it. */

import ts from 'typescript-5.9';
import { expect, test } from 'vitest';
import { createHost } from '../../src/exports/whorl/testkit.ts';
import * as w from '../../src/exports/whorl/winbio.ts';
import { projectOptions } from '../../tools/check/project-options.ts';
import { type HeaderEntry, headerEntries } from '../../tools/docs/winbio-header-page.ts';
import { entrySource } from '../../tools/packages/package-table.ts';

const entries = headerEntries();
const isHere = ({ state }: HeaderEntry) => state !== 'not applicable';
const named = (kinds: readonly HeaderEntry['kind'][], here: boolean) =>
  entries.filter((entry) => kinds.includes(entry.kind) && isHere(entry) === here).map(({ name }) => name);

const program = ts.createProgram([entrySource('whorl/winbio') ?? ''], projectOptions());
const checker = program.getTypeChecker();
const types = exportedTypes();

/** Types that the entry exports, by name. */
function exportedTypes(): ReadonlyMap<string, ts.Type> {
  const file = program.getSourceFile(entrySource('whorl/winbio') ?? '');
  const module = file && checker.getSymbolAtLocation(file);
  const symbols = module === undefined ? [] : checker.getExportsOfModule(module);
  return new Map(
    symbols.flatMap((exported) => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
      const isType = (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0;
      return isType ? [[exported.name, checker.getDeclaredTypeOfSymbol(symbol)] as const] : [];
    }),
  );
}

/** Whether a type has a member at a path, in any part of a union. */
function hasMember(path: string): boolean {
  const [name = '', ...members] = path.split('.');
  const type = types.get(name);
  let found = type === undefined ? [] : [type];
  for (const member of members) {
    found = found.flatMap((each) => {
      const parts = each.isUnion() ? each.types : [each];
      return parts.flatMap((part) => {
        const property = checker.getPropertyOfType(part, member);
        return property === undefined ? [] : [checker.getTypeOfSymbol(property)];
      });
    });
  }
  return found.length > 0;
}

test('every constant and code of the list is exported, unless the page says why not', () => {
  const exported = Object.keys(w);
  expect(named(['constant', 'code'], true).filter((name) => !exported.includes(name))).toEqual([]);
  expect(named(['constant', 'code'], false).filter((name) => exported.includes(name))).toEqual([]);
});

test('every number has the value of the header', () => {
  const numbers = entries.filter((entry) => entry.value !== undefined && isHere(entry));
  expect(numbers.length).toBeGreaterThan(400);
  const ours = w as unknown as Readonly<Record<string, number>>;
  expect(numbers.filter(({ name, value }) => (ours[name] ?? Number.NaN) >>> 0 !== value)).toEqual([]);
});

test('every type, structure and member, too', () => {
  expect(named(['type', 'structure', 'member'], true).filter((path) => !hasMember(path))).toEqual([]);
  expect(named(['type', 'structure', 'member'], false).filter(hasMember)).toEqual([]);
});

test('every function is bound', async () => {
  await using host = await createHost();
  const bound = Object.keys(host.process().winbio).filter((name) => name.startsWith('WinBio'));
  expect(named(['function'], true)).toEqual(bound.sort());
});

test('what has the name of a header is on the list', () => {
  const listed = new Set(entries.map(({ name }) => name));
  const looks = /^(?:P?WINBIO_|BIO_UNIT_|FACILITY_|GUID_DEVINTERFACE_|SECURITY_|IOCTL_)/;
  const exported = [...Object.keys(w), ...types.keys()].filter((name) => looks.test(name));
  expect(exported.filter((name) => !listed.has(name))).toEqual([]);
  // A name stands on it once, and each row that is not supported says why.
  expect(listed.size).toBe(entries.length);
  expect(entries.filter(({ state, why }) => (state === 'supported') !== (why === ''))).toEqual([]);
});

test('functions without a page check their arguments, then answer that nothing does that', async () => {
  await using host = await createHost();
  const { winbio } = host.process();
  const session = w.out(0);
  const { WINBIO_TYPE_FINGERPRINT: factor, WINBIO_POOL_SYSTEM: pool } = w;
  await winbio.WinBioOpenSession(factor, pool, 0, null, 0, w.WINBIO_DB_DEFAULT, session);
  expect(await winbio.WinBioImproveBegin(session.value, 1)).toBe(w.E_NOTIMPL);
  expect(await winbio.WinBioImproveBegin(session.value, 0)).toBe(w.E_INVALIDARG);
  expect(await winbio.WinBioImproveEnd(session.value)).toBe(w.E_NOTIMPL);
  expect(await winbio.WinBioImproveEnd(4711)).toBe(w.E_HANDLE);
  const capable = w.out(true);
  expect([await winbio.WinBioIsESSCapable(capable), capable.value]).toEqual([w.S_OK, false]);
  expect(await winbio.WinBioIsESSCapable(null)).toBe(w.E_POINTER);
});
