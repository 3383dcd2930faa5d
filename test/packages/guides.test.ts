/** The programs of guides compile, run, and print what the guide says. */

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript-5.9';
import { afterAll, expect, test } from 'vitest';
import { projectOptions } from '../../tools/check/project-options.ts';

const GUIDES = ['port-a-winbio-program', 'compare-in-a-server'].map((name) =>
  readFileSync(`docs/guides/${name}.md`, 'utf8'),
);
const sections = GUIDES.flatMap((guide) => guide.split(/^## /m).slice(1));

/** Program and output of each section that has one, by its title. */
const PROGRAMS = sections.flatMap((section) => {
  const [, program] = /^```ts\n([\s\S]*?)^```$/m.exec(section) ?? [];
  const [, output = ''] = /^```text\n([\s\S]*?)^```$/m.exec(section) ?? [];
  return program === undefined ? [] : [{ title: section.split('\n', 1)[0] ?? '', program, output }];
});

// Below the root, so that the packages are found by name.
const folder = mkdtempSync(join('test', 'guide-'));
const files = PROGRAMS.map(({ program }, i) => {
  const file = join(folder, `${i}.ts`);
  writeFileSync(file, program);
  return file;
});
afterAll(() => rmSync(folder, { recursive: true }));

test('every program has its output', () => {
  expect(GUIDES.join('\n').match(/^```ts$/gm)).toHaveLength(PROGRAMS.length);
  expect(PROGRAMS.length).toBeGreaterThanOrEqual(7);
  expect(PROGRAMS.filter(({ output }) => output === '')).toEqual([]);
});

test('the programs compile', () => {
  const program = ts.createProgram(files, projectOptions());
  const problems = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
  });
  expect(problems).toEqual([]);
});

test.concurrent.each(PROGRAMS.map(({ title }, i) => [title, i] as const))('%s', async (_, i) => {
  const options = ['--import=./tools/packages/source-entries.ts', files[i] ?? ''];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, options);
  expect(stderr).toBe('');
  expect(stdout).toBe(PROGRAMS[i]?.output);
});
