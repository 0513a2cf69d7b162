import { type ReactNode, useState } from 'react';
import type { ApiResult, BlockLanes, EngineApi, KeyProof, ModuleAudit } from '../../../engine/api/index.ts';
import { formatCount } from '../../lib/format.ts';
import { auditText as text } from '../../lib/messages/audit.ts';
import { format } from '../../lib/messages.ts';
import { useSession } from '../../store/session.ts';
import { AnyKey } from './AnyKey.tsx';
import { Entry } from './Entry.tsx';
import { Part } from './Part.tsx';
import { Rows } from './Rows.tsx';
import { TableChoice } from './TableChoice.tsx';
import { useAsked } from './useAsked.ts';

/** Rows a page. */
const PAGE = 10;
const NONE: ReadonlyMap<string, number> = new Map();

export interface StateProps {
  readonly block: BlockLanes;
  readonly module: string;
  /** How the lane keeps its state, and how many keys; null while that is not known. */
  readonly storage: KeyProof['storage'] | null;
  readonly keys: number;
  /** The entry that was changed in secret. */
  readonly altered: ModuleAudit['altered'];
  /** Asks for an entry to be changed in secret. */
  onChange(key: string): void;
  /** What stands below the tables. */
  readonly children: ReactNode;
}

/** The module's tables, decoded, page by page; and one entry of them with its proof. */
export function State({ block, module, storage, keys, altered, onChange, children }: StateProps): ReactNode {
  const description = useSession((state) => state.description);
  const tables = description?.modules.find(({ id }) => id === module)?.tables.map(({ name }) => name) ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [from, setFrom] = useState(0);
  const [picked, setPicked] = useState<string | null>(null);
  const counted = useAsked(tables.length === 0 ? null : `${block.blockId} ${tables.join()}`, (engine) =>
    count(engine, block.blockId, tables),
  );
  const counts = counted.value ?? NONE;
  const table = chosen ?? firstFilled(counts);
  const page = useAsked(table === null ? null : `${block.blockId} ${table} ${from}`, (engine) =>
    engine.readTable(block.blockId, table ?? '', from, PAGE),
  );
  const here = page.value?.table === table ? page.value : null;
  const failure = counted.failure ?? page.failure;
  // Until somebody chooses, the first entry shows what a proof is.
  const entry = picked ?? here?.rows[0]?.key ?? null;
  const total = [...counts.values()].reduce((sum, entries) => sum + entries, 0);
  return (
    <Part title={text.state}>
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,27rem)] lg:grid-rows-[auto_1fr]">
        <div className="flex min-w-0 flex-col gap-3">
          <TableChoice
            counts={counts}
            chosen={table}
            onChoose={(name) => {
              setChosen(name);
              setFrom(0);
              setPicked(null);
            }}
          />
          {failure !== null && (
            <p role="alert" className="text-sm text-bad">
              {failure.message}
            </p>
          )}
          <Rows
            {...{ page: here, from, pageSize: PAGE, chosen: entry, altered }}
            lanes={block.lanes}
            stale={!page.fresh}
            onChoose={setPicked}
            onTurn={(next) => {
              setFrom(next);
              setPicked(null);
            }}
          />
          {block.mode === 'modular' && total > keys && (
            <p className="text-xs text-pretty text-ink-3">
              {format(text.elsewhere, { keys: formatCount(keys) })}
            </p>
          )}
          <AnyKey onAsk={setPicked} example={here?.rows[0]?.key} />
        </div>
        <Entry
          {...{ blockId: block.blockId, height: block.height, storage, altered, onChange, entry }}
          row={here?.rows.find(({ key }) => key === entry)}
        />
        <div className="min-w-0">{children}</div>
      </div>
    </Part>
  );
}

async function count(
  engine: EngineApi,
  blockId: string,
  tables: readonly string[],
): Promise<ApiResult<ReadonlyMap<string, number>>> {
  const counts = new Map<string, number>();
  for (const table of tables) {
    const page = await engine.readTable(blockId, table, 0, 1);
    if (!page.ok) return page;
    counts.set(table, page.value.total);
  }
  return { ok: true, value: counts };
}

/** The first table in which there is something; the first one where all are empty. */
function firstFilled(counts: ReadonlyMap<string, number>): string | null {
  const [first] = counts.keys();
  return [...counts].find(([, entries]) => entries > 0)?.[0] ?? first ?? null;
}
