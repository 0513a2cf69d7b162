import type { ReactNode } from 'react';
import type { ProtocolDescription } from '../../../engine/api/index.ts';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { type Shape, shapesOf } from './look.ts';

/** What colours, shapes and marks mean: a shape a kind of message, a hue a block. */
export function Legend({ description }: { readonly description: ProtocolDescription }) {
  const shapes = shapesOf(description.messageKinds);
  const kinds = description.messageKinds.flatMap(({ name, role }, place) =>
    role === 'sync' ? [] : [{ name, shape: shapes[place]! }],
  );
  const votes = description.messageKinds.some(({ role }) => role === 'vote');
  const entries: readonly (readonly [string, string, ReactNode])[] = [
    ['hue', text.legend.hue, <Hues key="hue" />],
    ...kinds.map(({ name, shape }) => [name, name, <Outline key={name} shape={shape} />] as const),
    ...(description.messageKinds.some(({ role }) => role === 'sync')
      ? ([['sync', text.legend.sync, <Outline key="sync" shape="diamond" />]] as const)
      : []),
    ...(votes
      ? ([
          ['certificate', text.legend.certificate, <Marked key="certificate" mark="certificate" />],
          ['lock', text.legend.lock, <Marked key="lock" mark="lock" />],
          ['round', text.legend.round, <Marked key="round" mark="round" />],
        ] as const)
      : []),
    ['decided', text.legend.decided, <Marked key="decided" mark="decided" />],
    ['lost', text.legend.lost, <Marked key="lost" mark="lost" />],
  ];
  return (
    <ul
      aria-label={text.legend.title}
      className="flex flex-wrap gap-x-3 gap-y-0.5 px-3 pb-1 text-xs text-ink-2"
    >
      {entries.map(([id, words, picture]) => (
        <li key={id} className="flex items-center gap-1.5 whitespace-nowrap">
          {picture}
          {words}
        </li>
      ))}
    </ul>
  );
}

const BOX = { viewBox: '0 0 14 12', className: 'h-3 w-3.5 shrink-0' } as const;

function Hues() {
  return (
    <svg aria-hidden="true" {...BOX}>
      <rect x="0" y="2" width="4" height="8" fill="var(--mod-3)" />
      <rect x="5" y="2" width="4" height="8" fill="var(--mod-7)" />
      <rect x="10" y="2" width="4" height="8" fill="var(--mod-4)" />
    </svg>
  );
}

const PATHS: Readonly<Record<Shape, string>> = {
  square: 'M3.5 2.5h7v7h-7z',
  circle: 'M3.5 6a3.5 3.5 0 1 1 7 0a3.5 3.5 0 1 1-7 0z',
  triangle: 'M7 1.5 11.5 9.5h-9z',
  pentagon: 'M7 1.7 11.3 4.8 9.7 9.8H4.3L2.7 4.8z',
  diamond: 'M7 1.5 11.5 6 7 10.5 2.5 6z',
};

function Outline({ shape }: { readonly shape: Shape }) {
  return (
    <svg aria-hidden="true" {...BOX}>
      <path d={PATHS[shape]} fill="var(--ink-2)" />
    </svg>
  );
}

function Marked({ mark }: { readonly mark: 'certificate' | 'lock' | 'round' | 'decided' | 'lost' }) {
  return (
    <svg aria-hidden="true" {...BOX} fill="none">
      {mark === 'certificate' && <circle cx="7" cy="6" r="4" stroke="var(--ink-2)" strokeWidth="1.8" />}
      {mark === 'lock' && (
        <>
          <rect x="0" y="2" width="14" height="8" fill="var(--surface-3)" />
          <rect x="0" y="7" width="14" height="3" fill="var(--mod-3)" />
        </>
      )}
      {mark === 'round' && <path d="M4 1.5 11 6 4 10.5z" fill="var(--warn)" />}
      {mark === 'decided' && (
        <>
          <rect x="2" y="1" width="10" height="10" rx="2" fill="var(--ink-2)" />
          <path d="M4.5 6 6.3 8 9.7 4" stroke="var(--surface-0)" strokeWidth="1.6" />
        </>
      )}
      {mark === 'lost' && <path d="M3 2l8 8M11 2l-8 8" stroke="var(--bad)" strokeWidth="1.8" />}
    </svg>
  );
}
