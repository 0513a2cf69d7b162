import type { BlockRun } from '../../../engine/api/index.ts';
import { moduleColour, moduleGlyph } from '../../lib/colours.ts';
import { conflictGraphText as text } from '../../lib/messages/conflictGraph.ts';
import { format } from '../../lib/messages.ts';
import { keyWords } from '../../lib/stateWords.ts';
import { useSelection } from '../../store/selection.ts';

/** The hubs of the graph: keys that most transactions touch. Pointing at one lights its transactions up. */
export function HotKeys({ run }: { readonly run: BlockRun }) {
  const selected = useSelection((state) => state.key);
  const { hover, selectKey } = useSelection.getState();
  const hottest = run.graph.hotKeys[0]?.transactions ?? 1;
  if (run.graph.hotKeys.length === 0) return <p className="px-3 py-2 text-xs text-ink-3">{text.noHotKeys}</p>;
  return (
    <section className="flex min-w-0 items-center gap-2 px-3 py-1.5" aria-label={text.hotKeysTitle}>
      <h3 className="shrink-0 text-xs text-ink-3" title={text.hotKeysTitle}>
        {text.hotKeys}
      </h3>
      <ul className="flex min-w-0 gap-1.5 overflow-x-auto py-0.5">
        {run.graph.hotKeys.map(({ key, transactions, writers }) => {
          const info = run.keys[key];
          if (info === undefined) return null;
          const words = keyWords(info);
          const colour = moduleColour(info.module);
          return (
            <li key={key} className="shrink-0">
              <button
                type="button"
                aria-pressed={selected === key}
                aria-label={format(text.hotKey, { transactions, key: words, writers })}
                title={info.text}
                className="relative flex h-6 items-center gap-1.5 overflow-hidden rounded-1 border border-line bg-surface-2 px-2 text-xs text-ink-2 hover:border-line-strong hover:text-ink aria-pressed:border-accent aria-pressed:text-ink"
                onPointerEnter={() => hover({ key })}
                onPointerLeave={() => hover({})}
                onFocus={() => hover({ key })}
                onBlur={() => hover({})}
                onClick={() => selectKey(selected === key ? null : key)}
              >
                <span
                  aria-hidden="true"
                  className="absolute bottom-0 left-0 h-0.5"
                  style={{ width: `${(transactions / hottest) * 100}%`, background: colour }}
                />
                <span aria-hidden="true" style={{ color: colour }}>
                  {moduleGlyph(info.module)}
                </span>
                {words}
                <span className="tabular-nums text-ink">{transactions}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
