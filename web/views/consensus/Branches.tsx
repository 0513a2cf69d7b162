import { IconButton } from '../../components/Button.tsx';
import { consensusText as text } from '../../lib/messages/consensus.ts';
import { format } from '../../lib/messages.ts';
import { type ConsensusRun, descriptionOf, useConsensus } from '../../store/consensus/consensus.ts';
import { consensus } from '../../store/consensus/consensusCalls.ts';
import { interventionWords, timeWords } from './words.ts';

/** All futures that were made: go to one, or see two beside each other. */
export function Branches() {
  const runs = useConsensus((state) => state.runs);
  const shown = useConsensus((state) => state.shown);
  const active = useConsensus((state) => state.active);
  const rival = useConsensus((state) => state.rival);
  useConsensus((state) => state.version);
  const roots = runs.filter(({ branch, root }) => branch === root);
  return (
    <>
      <p className="mb-1 text-xs leading-snug text-ink-3">{text.branchesAbout}</p>
      <ul aria-label={text.tabs.branches} className="flex flex-col">
        {roots.flatMap((root) =>
          inOrder(root, runs, 0).map(({ run, depth }) => (
            <li
              key={run.branch}
              className={`flex items-center gap-1 rounded-1 ${shown.includes(run.branch) ? 'bg-surface-2' : ''}`}
              style={{ paddingLeft: Math.min(depth, 6) * 12 }}
            >
              <button
                type="button"
                aria-current={run.branch === active}
                onClick={() => consensus.show(run.branch)}
                className="min-w-0 flex-1 truncate rounded-1 px-1.5 py-1 text-left text-xs text-ink-2 hover:text-ink aria-[current=true]:font-semibold aria-[current=true]:text-accent"
              >
                {branchWords(run)}
              </button>
              {rival === null && run.branch !== active && (
                <IconButton
                  icon="compare"
                  size={13}
                  className="size-6!"
                  aria-pressed={shown.includes(run.branch)}
                  label={format(text.compareWith, { branch: branchWords(run) })}
                  onClick={() => consensus.compare(shown.includes(run.branch) ? null : run.branch)}
                />
              )}
              {run.branch !== run.root && !runs.some(({ log }) => log.info.parent === run.branch) && (
                <IconButton
                  icon="close"
                  size={12}
                  className="size-6!"
                  label={format(text.closeBranch, { branch: branchWords(run) })}
                  onClick={() => void consensus.close(run.branch)}
                />
              )}
            </li>
          )),
        )}
      </ul>
    </>
  );
}

function branchWords(run: ConsensusRun): string {
  const { info } = run.log;
  if (run.branch === run.root)
    return format(text.runFirst, { protocol: descriptionOf(info.protocol)?.title ?? info.protocol });
  const last = info.interventions.at(-1);
  return format(text.branchAt, {
    what: last === undefined ? '' : interventionWords(last.intervention),
    at: timeWords(run.log.timeOf(info.forkEvents)),
  });
}

function inOrder(
  run: ConsensusRun,
  runs: readonly ConsensusRun[],
  depth: number,
): { readonly run: ConsensusRun; readonly depth: number }[] {
  const children = runs.filter(({ log }) => log.info.parent === run.branch);
  return [{ run, depth }, ...children.flatMap((child) => inOrder(child, runs, depth + 1))];
}
