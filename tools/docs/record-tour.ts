/**
 * Records what the tour prints on a terminal as an animated picture for the README, line by line, slowly enough to
 * read. Usage: node tools/docs/record-tour.ts [file.svg]
 */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = process.argv[2] ?? `${root}/docs/pictures/tour.svg`;

const LINE_MS = 260;
const PAUSE_MS = 6000;
const FONT_PX = 13;
const LINE_PX = 19;
const MARGIN_PX = 16;
const COLUMNS = 96;

/** Terminal escape sequences that the tour uses, and their classes in the picture. */
const STYLES: Readonly<Record<string, string>> = { '1': 'bold', '2': 'dim', '36': 'cyan' };

// The tour prints colours only to a terminal; `script` provides one.
const { stdout, status } = spawnSync(
  'script',
  ['-qec', `${process.execPath} src/cli/main.ts tour --once`, '/dev/null'],
  { cwd: root, encoding: 'utf8', env: { ...process.env, TERM: 'xterm-256color', COLUMNS: String(COLUMNS) } },
);
if (status !== 0) throw new TypeError(`the tour ended with ${status}: ${stdout}`);
const lines = ['\u001b[1m$ npm start\u001b[22m', ...stdout.replaceAll('\r', '').trimEnd().split('\n')];
writeFileSync(target, picture(lines));
process.stdout.write(`${lines.length} lines in ${target}\n`);

function picture(text: readonly string[]): string {
  const width = 2 * MARGIN_PX + COLUMNS * FONT_PX * 0.602;
  const height = 2 * MARGIN_PX + text.length * LINE_PX;
  const total = text.length * LINE_MS + PAUSE_MS;
  const rows = text.map((line, i) => {
    const y = MARGIN_PX + (i + 0.75) * LINE_PX;
    return `<text y="${y}" x="${MARGIN_PX}" style="animation-name:l${i}">${spans(line)}</text>`;
  });
  const frames = text.map((_, i) => {
    const from = ((100 * i * LINE_MS) / total).toFixed(2);
    return `@keyframes l${i}{0%{opacity:0}${from}%{opacity:0}${from}1%{opacity:1}100%{opacity:1}}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}" width="${Math.ceil(width)}" role="img" aria-label="The tour in a terminal">
<style>
svg{background:#14181f;border-radius:8px}
text{font:${FONT_PX}px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;fill:#d7dde8;white-space:pre;animation-duration:${total}ms;animation-iteration-count:infinite}
.bold{font-weight:bold;fill:#fff}.cyan{fill:#6cc7dd}.dim{fill:#8791a3}
${frames.join('')}
@media (prefers-reduced-motion:reduce){text{animation:none}}
</style>
<rect width="100%" height="100%" rx="8" fill="#14181f"/>
${rows.join('\n')}
</svg>
`;
}

/** A line with its colours. */
function spans(line: string): string {
  let style = '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
  const parts = line.split(/\u001b\[(\d+)m/);
  return parts
    .map((part, i) => {
      if (i % 2 === 1) {
        style = STYLES[part] ?? '';
        return '';
      }
      const text = part.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      return style === '' || text === '' ? text : `<tspan class="${style}">${text}</tspan>`;
    })
    .join('');
}
