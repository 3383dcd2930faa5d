/** A canvas that is drawn sharply at the size the page gives it, and again at each change of that size. */

import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

export interface CanvasProps {
  readonly class?: string;
  /** Description for screen readers. */
  readonly label: string;
  /** Width divided by height. */
  readonly aspect: number;
  readonly draw: (context: CanvasRenderingContext2D, width: number, height: number) => void;
  /** Number of pictures drawn, exposed to measurements. */
  readonly shown?: number;
}

export function Canvas({ class: className, label, aspect, draw, shown }: CanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const latest = useRef(draw);
  latest.current = draw;

  useLayoutEffect(() => {
    if (ref.current !== null) paint(ref.current, draw);
    if (ref.current !== null && shown !== undefined) ref.current.dataset.shown = String(shown);
  }, [draw, shown]);

  useEffect(() => {
    const canvas = ref.current;
    if (canvas === null) return;
    const repaint = () => paint(canvas, latest.current);
    const observer = new ResizeObserver(repaint);
    observer.observe(canvas);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    scheme.addEventListener('change', repaint);
    return () => {
      observer.disconnect();
      scheme.removeEventListener('change', repaint);
    };
  }, []);

  return <canvas ref={ref} class={className} role="img" aria-label={label} style={{ aspectRatio: String(aspect) }} />;
}

function paint(canvas: HTMLCanvasElement, draw: CanvasProps['draw']): void {
  const { clientWidth: width, clientHeight: height } = canvas;
  const context = canvas.getContext('2d');
  if (context === null || width === 0 || height === 0) return;
  const ratio = devicePixelRatio;
  const backing = { width: Math.round(width * ratio), height: Math.round(height * ratio) };
  if (canvas.width !== backing.width || canvas.height !== backing.height) Object.assign(canvas, backing);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  draw(context, width, height);
}
