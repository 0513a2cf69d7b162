import { timePanelText as text } from '../../lib/messages/timePanels.ts';

export type LegendEntry = keyof typeof text.statuses;

const TOKEN: Readonly<Record<LegendEntry, string>> = {
  execute: '--st-execute',
  reexecute: '--st-reexecute',
  wasted: '--st-abort',
  validate: '--st-validate',
  abort: '--st-abort',
  suspend: '--st-suspend',
  wait: '--st-wait',
  commit: '--st-commit',
  counted: '--mod-bank',
  undecided: '--mod-bank',
  queue: '--mod-bank',
  committedCurve: '--st-commit',
  visit: '--mod-amm',
  ghost: '--ghost',
  ghostCurve: '--ghost',
};

/** A status as the panels draw it: its shape as well as its hue. */
export function Swatch({ entry }: { readonly entry: LegendEntry }) {
  const colour = `var(${TOKEN[entry]})`;
  return (
    <svg aria-hidden="true" viewBox="0 0 14 12" className="h-3 w-3.5 shrink-0">
      {shapeOf(entry, colour)}
    </svg>
  );
}

function shapeOf(entry: LegendEntry, colour: string) {
  switch (entry) {
    case 'execute':
    case 'counted':
    case 'reexecute':
      return <rect x="1" y="1" width="12" height="10" rx="2" fill={colour} />;
    case 'wasted':
      return (
        <g stroke={colour} strokeWidth="1.3">
          <rect x="1" y="1" width="12" height="10" fill={colour} fillOpacity="0.22" stroke="none" />
          <path d="M1 1v10M13 1v10M1 8 8 1M3.5 11 13 1.5M9 11l4-4" fill="none" />
        </g>
      );
    case 'validate':
      return <rect x="1" y="6" width="12" height="5" rx="1" fill={colour} />;
    case 'suspend':
      return <rect x="1" y="3" width="12" height="6" rx="2" fill={colour} />;
    case 'abort':
      return (
        <path d="m3.5 2.5 7 7m0-7-7 7" stroke={colour} strokeWidth="2.2" strokeLinecap="round" fill="none" />
      );
    case 'wait':
      return <rect x="0" y="5" width="14" height="2" fill={colour} />;
    case 'commit':
      return <path d="M3 2v8M7 2v8M11 2v8" stroke={colour} strokeWidth="1.5" fill="none" />;
    case 'undecided':
      return <rect x="1.5" y="1.5" width="11" height="9" fill={colour} fillOpacity="0.3" stroke={colour} />;
    case 'queue':
      return <path d="M0 2h4v3h5v4h5v2H0z" fill={colour} fillOpacity="0.4" />;
    case 'committedCurve':
      return <path d="M0 10h4V7h5V3h5" stroke={colour} strokeWidth="1.5" fill="none" />;
    case 'ghostCurve':
      return <path d="M0 10h4V7h5V3h5" stroke={colour} strokeWidth="1.2" strokeDasharray="2 2" fill="none" />;
    case 'visit':
      return (
        <g stroke={colour} fill="none">
          <path d="M7 0v6" strokeOpacity="0.45" />
          <path d="M7 6v6" strokeWidth="2" />
        </g>
      );
    case 'ghost':
      return <rect x="0" y="7" width="14" height="3" fill={colour} />;
  }
}

/** So many entries stand in the open where not all of them fit. */
const FIRST = 4;

/** The statuses a panel uses: in a row where there is room; else the first few, and all behind a button. */
export function Legend({ entries }: { readonly entries: readonly LegendEntry[] }) {
  return (
    <>
      <ul className="hidden min-w-0 items-center gap-x-3 @2xl:flex">{entries.map(item)}</ul>
      <details className="group relative shrink-0 @6xl:hidden">
        <summary className="flex h-7 list-none items-center rounded-1 px-2 text-ink-2 hover:bg-surface-3 hover:text-ink">
          {text.legend}
        </summary>
        <ul className="absolute bottom-8 left-0 z-20 grid w-max max-w-[min(20rem,80vw)] gap-2 rounded-2 border border-line bg-surface-2 p-3 shadow-[var(--shadow)]">
          {entries.map(itemWithReason)}
        </ul>
      </details>
    </>
  );
}

function item(entry: LegendEntry, at: number) {
  const shown = at < FIRST ? 'flex' : 'hidden @6xl:flex';
  return (
    <li
      key={entry}
      title={text.statusWhy[entry]}
      className={`items-center gap-1.5 whitespace-nowrap text-ink-2 ${shown}`}
    >
      <Swatch entry={entry} />
      {text.statuses[entry]}
    </li>
  );
}

function itemWithReason(entry: LegendEntry) {
  return (
    <li key={entry} className="flex items-baseline gap-2 leading-snug">
      <Swatch entry={entry} />
      <span>
        <span className="text-ink">{text.statuses[entry]}</span>
        <span className="text-ink-3"> · {text.statusWhy[entry]}</span>
      </span>
    </li>
  );
}
