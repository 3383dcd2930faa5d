/**
 * Compiles src/fingerprint/kernel/assembly (AssemblyScript) to src/fingerprint/kernel/kernel-binary.ts, which runs
 * without a build, in Node and in browsers. Usage: node tools/build/kernel.ts [--check]
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import asc from 'assemblyscript/asc';

const FOLDER = fileURLToPath(new URL('../../src/fingerprint/kernel/', import.meta.url));
const TARGET = `${FOLDER}kernel-binary.ts`;
const MAX_BYTES = 200_000;
const OPTIONS = [
  ...['--optimizeLevel', '3', '--shrinkLevel', '0', '--converge', '--noAssert', '--runtime', 'stub', '--use', 'abort='],
  ...['--enable', 'simd', '--enable', 'threads', '--importMemory', '--noExportMemory'],
  // Instances may share one memory; without data segments, instantiation does not change it.
  ...['--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
];

const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
const binary = await compile();
const lines = Buffer.from(binary)
  .toString('base64')
  .replace(/.{1,120}/g, '$&\n');
const text = `/** The kernel, compiled from assembly/. Written by tools/build/kernel.ts; do not edit. */
export const KERNEL_BASE64 = \`
${lines}\`;
`;
if (binary.length > MAX_BYTES) fail(`the kernel has ${binary.length} bytes, at most ${MAX_BYTES}`);
else if (!values.check) writeFileSync(TARGET, text);
else if (readFileSync(TARGET, 'utf8') !== text)
  fail('kernel-binary.ts is not what assembly/ says: npm run build:kernel');
process.stdout.write(`kernel: ${binary.length} bytes\n`);

async function compile(): Promise<Uint8Array> {
  let output: Uint8Array | undefined;
  const { error, stderr } = await asc.main(
    ['assembly/index.ts', '--baseDir', FOLDER, '--outFile', 'kernel.wasm', ...OPTIONS],
    {
      writeFile: (_name, contents) => {
        output = contents as Uint8Array;
      },
    },
  );
  if (error !== null || output === undefined) throw new TypeError(`${error?.message}\n${stderr.toString()}`);
  return output;
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
