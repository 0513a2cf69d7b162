import type { BlockRun, ImportReport } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { moduleColour } from '../../lib/colours.ts';
import { formatCount } from '../../lib/format.ts';
import { realBlockText as text } from '../../lib/messages/realBlock.ts';
import { format } from '../../lib/messages.ts';
import { blockKeyWords, listedKeyWords, whyNotSplit } from '../../lib/realBlockWords.ts';
import { importChanges } from '../../store/importedBlock.ts';
import { useRuns } from '../../store/runs.ts';
import { useSelection } from '../../store/selection.ts';
import { session, useSession } from '../../store/session.ts';
import { barWidth, type HotKey, hottestKeys } from './figures.ts';
import { ListHead } from './ListHead.tsx';

const MOST = 8;
const WAYS = 4;

/** The keys that most transactions write, and a button that spreads each over shards. */
export function HotKeys({ report, run }: { readonly report: ImportReport; readonly run: BlockRun }) {
  const history = useRuns((state) => state.history);
  const changes = importChanges(history, run.blockId);
  const keys = hottestKeys(report, run, changes.length > 0).slice(0, MOST);
  const most = keys[0]?.writers ?? 1;
  const byAccount = run.execution.granularity === 'account';
  const ways = new Map(
    changes.flatMap((change) => (change.kind === 'splitKey' ? [[change.key, change.ways] as const] : [])),
  );
  return (
    <section aria-label={text.hottest} className="min-w-0">
      <ListHead title={text.hottest} about={text.hottestAbout} />
      {byAccount && <ByAccount />}
      {keys.length === 0 && <p className="text-sm text-ink-3">{text.none}</p>}
      <ul className="flex flex-col">
        {keys.map((hot) => (
          <KeyRow key={hot.text} hot={hot} run={run} most={most} split={ways.get(hot.key)} />
        ))}
      </ul>
    </section>
  );
}

/** Why nothing can be gained by splitting now, and what changes that. */
function ByAccount() {
  return (
    <p data-testid="by-account" className="pb-1 text-xs leading-snug text-pretty text-ink-2">
      {text.noSplitAccount}{' '}
      <button
        type="button"
        className="rounded-1 text-accent underline underline-offset-2 hover:no-underline"
        onClick={() => void session.changeExecution({ granularity: 'slot' })}
      >
        {text.bySlot}
      </button>
    </p>
  );
}

function KeyRow({
  hot,
  most,
  run,
  split,
}: {
  readonly hot: HotKey;
  readonly run: BlockRun;
  readonly most: number;
  readonly split: number | undefined;
}) {
  const busy = useSession((state) => state.busy);
  const { hover, selectKey } = useSelection.getState();
  const selected = useSelection((state) => state.key);
  const index = run.keys.findIndex((key) => key.text === hot.text);
  const words = blockKeyWords(hot.text);
  const why = whyNotSplit(hot.key, run.execution.granularity);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2 border-b border-line py-1 last:border-0">
      <button
        type="button"
        title={hot.text}
        disabled={index < 0}
        aria-pressed={index >= 0 && selected === index}
        aria-label={format(text.selectKey, { key: words })}
        className="flex min-w-0 flex-col gap-0.5 rounded-1 text-left text-sm text-ink-2 enabled:hover:text-ink aria-pressed:text-accent"
        onPointerEnter={() => index >= 0 && hover({ key: index })}
        onPointerLeave={() => hover({})}
        onFocus={() => index >= 0 && hover({ key: index })}
        onBlur={() => hover({})}
        onClick={() => selectKey(selected === index ? null : index)}
      >
        <span className="flex items-baseline gap-2">
          <span className="w-[2.6em] shrink-0 text-right font-semibold text-ink">
            {formatCount(hot.writers)}
          </span>
          <span className="truncate">{listedKeyWords(hot.text)}</span>
        </span>
        <span aria-hidden="true" className="ml-[3.2em] h-0.5 rounded-full bg-surface-3">
          <span
            className="block h-full rounded-full"
            style={{ width: barWidth(hot.writers, most), background: moduleColour('ethereum') }}
          />
        </span>
      </button>
      {split === undefined ? (
        <Button
          className="min-h-6! px-2! text-xs!"
          disabled={busy || why !== null}
          title={why ?? format(text.splitLabel, { key: words, ways: WAYS })}
          aria-label={why ?? format(text.splitLabel, { key: words, ways: WAYS })}
          onClick={() => void session.splitKey(hot.key, WAYS)}
        >
          {format(text.split, { ways: WAYS })}
        </Button>
      ) : (
        <span className="px-2 text-xs text-accent">{format(text.splitDone, { ways: split })}</span>
      )}
    </li>
  );
}
