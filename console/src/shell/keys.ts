/** Keys that work on every page. Single keys do nothing while something is typed, and can be switched off. */

import { go, linkTo } from '../browser/address.ts';
import { preferences } from '../browser/preferences.ts';
import { isTyping } from '../browser/typing.ts';
import { finding } from '../frame/finding.tsx';
import { helping } from '../frame/helping.ts';
import { SECTIONS } from './routes.ts';

/** How long a second key of two may take. */
const SECOND_KEY_MS = 1200;

/** Keys after G. */
const PAGES: ReadonlyMap<string, string> = new Map(Object.entries(SECTIONS).map(([page, { key }]) => [key, page]));

/** Listens until the page is closed. Call once. */
export function followKeys(): void {
  let gAtMs = 0;
  addEventListener('keydown', (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && key === 'k') {
      event.preventDefault();
      finding.value = true;
      return;
    }
    if (event.ctrlKey || event.metaKey || isTyping(event.target) || !preferences.keys.value) return;
    if (document.querySelector('dialog[open]') !== null) return;
    const isSecond = Date.now() - gAtMs < SECOND_KEY_MS;
    gAtMs = 0;
    const page = isSecond ? PAGES.get(key) : undefined;
    if (page !== undefined) go(linkTo(page));
    else if (key === 'g') gAtMs = Date.now();
    else if (key === '/') finding.value = true;
    else if (key === '?') helping.value = true;
    else if (key === 'e') go(linkTo('enroll'));
    else if (key === 'j' || key === 'k') moveRow(key === 'j' ? 1 : -1);
    else if (key === 'x') pickRow();
    else return;
    event.preventDefault();
  });
}

/** Rows are followed by their link, so that Enter opens what has the focus. */
function moveRow(by: number): void {
  const rows = [...document.querySelectorAll<HTMLElement>('main a.row, main button.row')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
}

function pickRow(): void {
  document.activeElement?.closest('tr')?.querySelector<HTMLInputElement>('td.pick input')?.click();
}
