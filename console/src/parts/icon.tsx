/** Pictograms, drawn as strokes in the colour of the text. */

const SHAPES = {
  add: 'M12 5v14M5 12h14',
  live: 'M3 12h4l3-8 4 16 3-8h4',
  people:
    'M5.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0 -7 0zM2.5 20c.6-3.6 3.2-5.5 6.5-5.5s5.9 1.9 6.5 5.5M16 4.8a3.5 3.5 0 0 1 0 6.4M18.5 15.2c1.7.9 2.7 2.5 3 4.8',
  journal: 'M5 3.5h11a3 3 0 0 1 3 3v14H8a3 3 0 0 1-3-3zM5 17.5a3 3 0 0 1 3-3h11M9 7.5h6',
  reader:
    'M8 3h8a3 3 0 0 1 3 3v12a3 3 0 0 1 -3 3h-8a3 3 0 0 1 -3 -3v-12a3 3 0 0 1 3 -3zM9 13.5a3 3 0 0 1 6 0M8.9 10.2a4.3 4.3 0 0 1 6.2 0M12 13.5v2.5',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M12.8 7a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0 -4.4 0zM6.8 17a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0 -4.4 0z',
  developers: 'm8 7-5 5 5 5M16 7l5 5-5 5M13.5 4.5l-3 15',
  language: 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM3 12h18M12 3c3 3 3.5 6 3.5 9s-.5 6-3.5 9c-3-3-3.5-6-3.5-9S9 6 12 3z',
  dark: 'M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z',
  window:
    'M5.5 4h13a2.5 2.5 0 0 1 2.5 2.5v11a2.5 2.5 0 0 1 -2.5 2.5h-13a2.5 2.5 0 0 1 -2.5 -2.5v-11a2.5 2.5 0 0 1 2.5 -2.5zM3 9h18M6.5 6.6v.1M9 6.6v.1',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  finger:
    'M6.5 9.5a6 6 0 0 1 11.5 2c0 3-.3 5.5-1 8M12 11.5c0 3.5-.5 6.5-1.7 9M9 12a3 3 0 0 1 6 0c0 3.3-.4 6-1.2 8.5M6.3 13c0 2-.3 3.8-.9 5.5',
  more: 'M4 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0zM11 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0zM18 12a1 1 0 1 0 2 0a1 1 0 1 0 -2 0z',
  copy: 'M10.5 8h7a2.5 2.5 0 0 1 2.5 2.5v7a2.5 2.5 0 0 1 -2.5 2.5h-7a2.5 2.5 0 0 1 -2.5 -2.5v-7a2.5 2.5 0 0 1 2.5 -2.5zM16 8V6.5A2.5 2.5 0 0 0 13.5 4h-7A2.5 2.5 0 0 0 4 6.5v7A2.5 2.5 0 0 0 6.5 16H8',
  download: 'M12 4v11M7 10.5l5 5 5-5M4 20h16',
  upload: 'M12 16V4M7 8.5l5-5 5 5M4 20h16',
  previous: 'm15 5-7 7 7 7',
  next: 'm9 5 7 7-7 7',
  shield: 'M12 3 4.5 6v6c0 4.5 3 7.5 7.5 9 4.5-1.5 7.5-4.5 7.5-9V6zm-3.2 9 2.3 2.3 4.3-4.5',
  fault: 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM12 7v6M12 16.3v.1',
  close: 'm6 6 12 12M18 6 6 18',
  key: 'M3.5 15a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0zM11.5 11.5l8-8M16 7l3 3',
  again: 'M20 11a8 8 0 0 0-14.5-3.5L4 9M4 4v5h5M4 13a8 8 0 0 0 14.5 3.5L20 15M20 20v-5h-5',
  clock: 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM12 7v5.2l3.5 2',
  file: 'M6 3h8l4.5 4.5V21H6zM14 3v5h4.5',
  chip: 'M8 6h8a2 2 0 0 1 2 2v8a2 2 0 0 1 -2 2h-8a2 2 0 0 1 -2 -2v-8a2 2 0 0 1 2 -2zM9 2.5V6M15 2.5V6M9 18v3.5M15 18v3.5M2.5 9H6M2.5 15H6M18 9h3.5M18 15h3.5',
  search: 'M4.5 11a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0 -13 0zM16 16l4.5 4.5',
  unplugged: 'M9 4v4M15 4v4M6.5 8h11v3a5.5 5.5 0 0 1-11 0zM12 16.5V21M3 3l18 18',
  warn: 'M12 4 2.8 19.5h18.4zM12 10v4.5M12 17v.1',
  info: 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0 -18 0zM12 11v5.5M12 7.8v.1',
  kiosk: 'M9 2.5h6a2 2 0 0 1 2 2v9a2 2 0 0 1 -2 2h-6a2 2 0 0 1 -2 -2v-9a2 2 0 0 1 2 -2zM12 15.5V21M8 21h8',
  door: 'M6 21V4.5A1.5 1.5 0 0 1 7.5 3h9A1.5 1.5 0 0 1 18 4.5V21M3 21h18M14.5 12v.1',
  delete: 'M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13',
  desk: 'M3 10h18M5 10v10M19 10v10M9 10V5h6v5',
  merge: 'M6 4v4c0 4 6 4 6 8v4M18 4v4c0 4-6 4-6 8M9 17l3 3.5 3-3.5',
  usb: 'M12 21V4M9 6.5 12 3l3 3.5M12 16l-5-3v-3M12 14l5-2.5V8.5M10.5 20a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0z',
  network: 'M3 9.5a13 13 0 0 1 18 0M6 13a8.5 8.5 0 0 1 12 0M9 16.3a4 4 0 0 1 6 0M12 19.5v.1',
  sort: 'm6 9 6 6 6-6',
  lock: 'M7.5 11h9a2.5 2.5 0 0 1 2.5 2.5v4.5a2.5 2.5 0 0 1 -2.5 2.5h-9a2.5 2.5 0 0 1 -2.5 -2.5v-4.5a2.5 2.5 0 0 1 2.5 -2.5zM8 11V8a4 4 0 0 1 8 0v3',
  sound: 'M5 9.5h3l4-3.5v12l-4-3.5H5zM15.5 9a4 4 0 0 1 0 6M18 6.5a7.5 7.5 0 0 1 0 11',
  expand: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  stop: 'M8 6h8a2 2 0 0 1 2 2v8a2 2 0 0 1 -2 2h-8a2 2 0 0 1 -2 -2v-8a2 2 0 0 1 2 -2z',
  play: 'M8 5v14l11-7z',
} as const;

export type IconName = keyof typeof SHAPES;

/** Those that point along the line of text, and so turn with it. */
const FLIPS: ReadonlySet<IconName> = new Set(['previous', 'next']);

export interface IconProps {
  readonly name: IconName;
  readonly class?: string;
}

/** Decoration: words beside it, or a label around it, say what it means. */
export function Icon({ name, class: more = '' }: IconProps) {
  return (
    <svg
      class={`icon ${FLIPS.has(name) ? 'flips ' : ''}${more}`}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={SHAPES[name]} />
    </svg>
  );
}
