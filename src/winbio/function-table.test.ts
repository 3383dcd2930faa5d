import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { HandleKind } from '../core/operation-request.ts';
import { createHost } from '../exports/whorl/testkit.ts';
import { FUNCTIONS } from './function-table.ts';

test('the table lists exactly the functions of the binding', async () => {
  await using host = await createHost();
  const bound = Object.keys(host.process().winbio).filter((name) => name.startsWith('WinBio'));
  expect(FUNCTIONS.map(({ name }) => name).sort()).toEqual(bound.sort());
  // 52 functions are described, the fifth legacy one and the two enumeration families included; 3 are only declared.
  expect(new Set(FUNCTIONS.map(({ name }) => name)).size).toBe(55);
});

const DECLARED = ['WinBioImproveBegin', 'WinBioImproveEnd', 'WinBioIsESSCapable'];

test('the comment of every function names its handles and its page', () => {
  const folder = new URL('./functions/', import.meta.url);
  const source = readdirSync(folder)
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n');
  for (const { name, handles } of FUNCTIONS) {
    const [, comment = ''] = new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s+(?:async )?${name}[(:]`).exec(source) ?? [];
    const page = DECLARED.includes(name) ? 'none; winbio.h declares it.' : `\`${name}\` function.`;
    expect(comment).toContain(`WinBio documentation: ${page}`);
    expect(comment).toMatch(/Ends with [A-Z]/);
    expect(comment).toContain(`Handles: ${inWords(handles)}.`);
  }
});

function inWords(handles: readonly HandleKind[]): string {
  const sessions = handles.filter((kind) => kind !== 'framework').join(' and ');
  const framework = handles.includes('framework') ? 'framework connections' : '';
  return [sessions && `${sessions} sessions`, framework].filter((part) => part !== '').join(', ') || 'none';
}
