const PATHS = {
  previousBlock: 'M4 3.5v9M13 3.5 6.5 8l6.5 4.5z',
  stepBack: 'M10.5 3.5 4.5 8l6 4.5zM13 3.5v9',
  play: 'M4.5 3 13 8l-8.5 5z',
  pause: 'M5 3.5v9M11 3.5v9',
  stepForward: 'M5.5 3.5 11.5 8l-6 4.5zM3 3.5v9',
  nextBlock: 'M12 3.5v9M3 3.5 9.5 8 3 12.5z',
  minus: 'M3.5 8h9',
  plus: 'M3.5 8h9M8 3.5v9',
  close: 'M4 4l8 8M12 4l-8 8',
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  theme: 'M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 0 1 0 11',
  present: 'M2.5 3h11v7.5h-11zM8 10.5V13M5.5 13.5h5',
  command: 'M3 4.5 6.5 8 3 11.5M8.5 12H13',
  knobs: 'M3 5h6M12 5h1M3 11h1M7 11h6M10.5 3.4v3.2M5.5 9.4v3.2',
  inspector: 'M7 2.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4zM10 10l3.5 3.5',
  branch: 'M4.5 2.5v11M4.5 10c0-3 7-2 7-6.5M11.5 3.4v.2',
  compare: 'M5.5 3v10M10.5 3v10M2.5 6 5.5 3M13.5 10l-3 3',
  craft: 'M3 13l1-3.2L10.8 3l2.2 2.2L6.2 12zM9.4 4.4l2.2 2.2',
  replay: 'M3.5 8a4.5 4.5 0 1 0 1.6-3.5M5.2 1.8v2.9h2.9',
  split:
    'M2.5 8H6c2 0 2-4.5 4-4.5h3M6 8c2 0 2 4.5 4 4.5h3M11.3 1.8 13 3.5l-1.7 1.7M11.3 10.8l1.7 1.7-1.7 1.7',
  share: 'M8 9.5V2.2M5.2 4.8 8 2l2.8 2.8M5 7H3.5v6.5h9V7H11',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  save: 'M8 2.5v7.3M5.2 7 8 9.8 10.8 7M3 10.5v3h10v-3',
  file: 'M4 2h5l3 3v9H4zM9 2v3h3',
  outside: 'M9 3h4v4M13 3 7.5 8.5M7 4H3v9h9V9.5',
  gauge: 'M3.4 12.5a6 6 0 1 1 9.2 0M8 9.5l2.6-3.6',
  gallery: 'M2.5 2.5h4.5v4.5h-4.5zM9 2.5h4.5v4.5H9zM2.5 9h4.5v4.5h-4.5zM9 9h4.5v4.5H9z',
  more: 'M3.5 8h.1M8 8h.1M12.5 8h.1',
} as const;

export type IconName = keyof typeof PATHS;

const FILLED: ReadonlySet<IconName> = new Set([
  'play',
  'previousBlock',
  'nextBlock',
  'stepBack',
  'stepForward',
]);

/** A 16-unit line drawing that takes the colour of its text. Decoration: the control carries the label. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      viewBox="0 0 16 16"
      width={size}
      height={size}
      fill={FILLED.has(name) ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.4 : 1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      className="shrink-0"
    >
      <path d={PATHS[name]} />
      {name === 'theme' && <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />}
    </svg>
  );
}
