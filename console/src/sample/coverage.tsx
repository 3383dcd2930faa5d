/** A map of the part of the finger that an enrollment has seen. */

import { useCallback } from 'preact/hooks';
import type { FingerCoverage } from '../../../src/exports/whorl/client/browser.ts';
import { Canvas } from '../parts/canvas.tsx';

/** Beyond this many views of a cell, more add little. */
const MANY_VIEWS = 5;

export function Coverage({ coverage }: { readonly coverage: FingerCoverage }) {
  const draw = useCallback(
    (context: CanvasRenderingContext2D, width: number, height: number) => {
      const { columns, rows, views } = coverage;
      const cell = Math.min(width / columns, height / rows);
      const left = (width - cell * columns) / 2;
      const top = (height - cell * rows) / 2;
      const style = getComputedStyle(context.canvas);
      context.fillStyle = style.getPropertyValue('--accent');
      views.forEach((count, i) => {
        if (count === 0) return;
        context.globalAlpha = 0.2 + 0.8 * Math.min(1, count / MANY_VIEWS);
        const x = left + (i % columns) * cell;
        const y = top + Math.floor(i / columns) * cell;
        context.fillRect(x, y, Math.max(1, cell - 0.75), Math.max(1, cell - 0.75));
      });
      context.globalAlpha = 1;
    },
    [coverage],
  );
  const area = Math.round(coverage.areaMm2);
  return (
    <figure class="coverage">
      <Canvas
        class="coverage-canvas"
        label={`Map of the finger: ${area} square millimetres seen`}
        aspect={0.8}
        draw={draw}
      />
      <figcaption>
        <b>{area} mm²</b> of the finger seen; darker where seen more often
      </figcaption>
    </figure>
  );
}
