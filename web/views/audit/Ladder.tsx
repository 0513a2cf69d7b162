import type { ReactNode } from 'react';
import type { ProofCheck } from '../../../engine/api/index.ts';
import { auditText as text } from '../../lib/messages/audit.ts';
import { format } from '../../lib/messages.ts';
import { shortHash } from './digits.ts';
import { edgesOf, type Ladder as Drawn, placesOf, type Rung } from './rungs.ts';

/** Of a rung, px: its hashes, and from one rung to the next. */
const CHIP = 22;
const PITCH = 36;
/** Rows above the first rung: the block root, the state root. */
const HEAD_ROWS = 2;

export interface LadderProps {
  readonly ladder: Drawn;
  readonly verdict: ProofCheck['verdict'];
  readonly blockRoot: string;
  /** Whether the proof shows that the key is there. */
  readonly present: boolean;
  /** Asks for a byte of a level's sibling to be flipped. */
  onFlip(level: number): void;
}

/** A proof as it climbs: the entry at the bottom, on each level the hash that the proof gives, the roots at the top. */
export function Ladder({ ladder, verdict, blockRoot, present, onFlip }: LadderProps): ReactNode {
  const { rungs, root, rootChanged } = ladder;
  const height = PITCH * (HEAD_ROWS + Math.max(1, rungs.length) - 1) + CHIP;
  const broken = verdict !== 'valid';
  return (
    <figure aria-label={format(text.pathLabel, { levels: rungs.length, verdict: text[verdict] })}>
      <div className="relative text-[0.75rem]" style={{ height }}>
        <Edges {...{ ladder, height }} />
        <Chip x={50} row={0} look={broken ? 'bad' : 'root'}>
          {text.blockRoot} {shortHash(blockRoot)}
        </Chip>
        <Chip x={50} row={1} look={rootChanged ? 'bad' : 'root'}>
          {text.stateRoot} {shortHash(root)}
        </Chip>
        {rungs.length === 0 && (
          <Chip x={50} row={2} look={ladder.topChanged ? 'bad' : 'own'}>
            {shortHash(ladder.top)} {present ? text.leaf : text.leafAbsent}
          </Chip>
        )}
        {rungs.map((rung, i) => (
          <Hashes key={rung.level} {...{ rung, present, onFlip }} row={HEAD_ROWS + i} />
        ))}
      </div>
      <figcaption className="mt-3 flex flex-wrap gap-x-4 text-xs text-ink-3">
        <span className="flex items-center gap-1.5">
          <span aria-hidden="true" className="h-3 w-5 rounded-1 border border-accent bg-accent-soft" />
          {text.made}
        </span>
        <span className="flex items-center gap-1.5">
          <span aria-hidden="true" className="h-3 w-5 rounded-1 border border-dashed border-ink-3" />
          {text.given}
        </span>
      </figcaption>
    </figure>
  );
}

function Hashes({
  rung,
  row,
  present,
  onFlip,
}: {
  readonly rung: Rung;
  readonly row: number;
  readonly present: boolean;
  onFlip(level: number): void;
}): ReactNode {
  const { level, own, sibling, ownChanged, siblingChanged } = rung;
  const places = placesOf(rung);
  const words = level === 0 ? ` ${present ? text.leaf : text.leafAbsent}` : '';
  const label = format(text.flipSibling, { level: level + 1, hash: shortHash(sibling) });
  return (
    <>
      <Chip x={places.own} row={row} look={ownChanged ? 'bad' : 'own'}>
        {shortHash(own)}
        {words}
      </Chip>
      <button
        type="button"
        title={label}
        aria-label={label}
        onClick={() => onFlip(level)}
        className={`${CHIP_CLASS} border-dashed bg-surface-2 hover:bg-surface-3 ${siblingChanged ? 'border-bad text-bad' : 'border-ink-3 text-ink-2'}`}
        style={placeOf(places.sibling, row)}
      >
        {shortHash(sibling)}
      </button>
    </>
  );
}

const CHIP_CLASS =
  'absolute flex -translate-x-1/2 items-center justify-center rounded-1 border px-1.5 font-mono whitespace-nowrap';
const LOOKS = {
  root: 'border-ok/60 bg-surface-2 text-ink',
  own: 'border-accent bg-surface-2 text-ink',
  bad: 'border-bad bg-surface-2 text-bad',
} as const;

function placeOf(x: number, row: number) {
  return { left: `${x}%`, top: row * PITCH, height: CHIP };
}

function Chip({
  x,
  row,
  look,
  children,
}: {
  readonly x: number;
  readonly row: number;
  readonly look: keyof typeof LOOKS;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <span className={`${CHIP_CLASS} ${LOOKS[look]}`} style={placeOf(x, row)}>
      {children}
    </span>
  );
}

function Edges({
  ladder: { rungs, topChanged, rootChanged },
  height,
}: {
  readonly ladder: Drawn;
  readonly height: number;
}): ReactNode {
  const rows = [
    { fromX: 50, toX: 50, rung: 1 - HEAD_ROWS, onPath: true, changed: rootChanged },
    ...(rungs.length === 0 ? [{ fromX: 50, toX: 50, rung: 0, onPath: true, changed: topChanged }] : []),
    ...edgesOf(rungs),
  ];
  return (
    <svg
      aria-hidden="true"
      width="100%"
      height={height}
      viewBox={`0 0 100 ${height}`}
      preserveAspectRatio="none"
      className="absolute inset-0"
    >
      {rows.map(({ fromX, toX, rung, onPath, changed }) => {
        const y = (HEAD_ROWS + rung) * PITCH;
        const up = y - PITCH + CHIP;
        return (
          <path
            key={`${rung} ${fromX} ${toX}`}
            d={`M${fromX} ${y}C${fromX} ${y - 8} ${toX} ${up + 8} ${toX} ${up}`}
            fill="none"
            vectorEffect="non-scaling-stroke"
            stroke={changed ? 'var(--bad)' : onPath ? 'var(--accent)' : 'var(--line-strong)'}
            strokeWidth={onPath || changed ? 1.75 : 1}
            strokeDasharray={onPath ? undefined : '3 3'}
          />
        );
      })}
    </svg>
  );
}
