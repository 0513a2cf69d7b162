import { type ReactNode, useId, useRef, useState } from 'react';
import type { Comparison, HistoryTree } from '../../../engine/api/index.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { format } from '../../lib/messages.ts';
import { compareMessages as text } from '../../lib/messages/compare.ts';
import { latestRunOf } from '../../store/runCache.ts';
import { useRuns } from '../../store/runs.ts';
import { session } from '../../store/session.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { blocksByBranch, firstSides } from './blockChoice.ts';
import { Differences } from './Differences.tsx';
import { EditPast } from './EditPast.tsx';
import { PairedBars } from './PairedBars.tsx';
import { useComparison } from './useComparison.ts';

/** The dialog that puts two blocks, branches or runs side by side. */
export function Compare(): ReactNode {
  const open = useWorkbench((state) => state.open === 'compare');
  if (!open) return null;
  return (
    <Dialog
      title={text.title}
      closeLabel={text.close}
      width="max-w-3xl"
      onClose={() => useWorkbench.getState().close()}
    >
      <Body />
    </Dialog>
  );
}

interface Sides {
  readonly left: string;
  readonly right: string;
}

function Body(): ReactNode {
  const { run, ghost, ghostLabel, history } = useRuns();
  const asked = useWorkbench((state) => state.compare);
  const [chosen, setChosen] = useState<Sides | null>(null);
  const top = useRef<HTMLDivElement>(null);
  const first =
    history && run
      ? firstSides(history, { blockId: run.blockId, ghostBlockId: ghost?.blockId }, asked)
      : null;
  const sides = chosen ?? first;
  return (
    <>
      {run && ghost && (
        <section className="px-5 py-4">
          <h3 className="mb-2 text-ink-3 text-xs">{text.ghostTitle}</h3>
          <PairedBars
            left={ghost}
            right={run}
            leftName={ghostLabel || text.beforeName}
            rightName={text.nowName}
          />
        </section>
      )}
      {history === null || sides === null ? (
        <p className="border-line border-t px-5 py-6 text-ink-2 text-sm">{text.empty}</p>
      ) : (
        <div ref={top}>
          <Blocks history={history} sides={sides} onChoose={setChosen} />
        </div>
      )}
      {history && run && (
        <EditPast
          history={history}
          run={run}
          onMade={(oldBlockId, newBlockId) => {
            setChosen({ left: oldBlockId, right: newBlockId });
            showTop(top.current);
          }}
        />
      )}
    </>
  );
}

function Blocks({
  history,
  sides,
  onChoose,
}: {
  readonly history: HistoryTree;
  readonly sides: Sides;
  readonly onChoose: (sides: Sides) => void;
}): ReactNode {
  const answer = useComparison(sides.left, sides.right);
  return (
    <>
      <section className="border-line border-t px-5 py-4">
        <div className="grid grid-cols-[1fr_auto_1fr] items-end gap-2">
          <BlockSelect
            label={text.left}
            history={history}
            value={sides.left}
            onChange={(left) => onChoose({ ...sides, left })}
          />
          <IconButton
            icon="compare"
            label={text.swap}
            onClick={() => onChoose({ left: sides.right, right: sides.left })}
          />
          <BlockSelect
            label={text.right}
            history={history}
            value={sides.right}
            onChange={(right) => onChoose({ ...sides, right })}
          />
        </div>
        <div aria-live="polite" className="mt-4">
          {answer.state === 'loading' && <p className="text-ink-3 text-sm">{text.loading}</p>}
          {answer.state === 'failed' && (
            <p className="flex flex-wrap items-center gap-3 text-bad text-sm">
              {format(text.failed, { message: answer.message })}
              <Button onClick={answer.retry}>{text.retry}</Button>
            </p>
          )}
          {answer.state === 'ready' && (
            <Verdict of={answer.comparison} history={history} same={sides.left === sides.right} />
          )}
        </div>
      </section>
      <BlockRuns history={history} sides={sides} />
      {answer.state === 'ready' && <Differences of={answer.comparison} />}
    </>
  );
}

function BlockSelect({
  label,
  history,
  value,
  onChange,
}: {
  readonly label: string;
  readonly history: HistoryTree;
  readonly value: string;
  readonly onChange: (blockId: string) => void;
}): ReactNode {
  const id = useId();
  const stage = useRuns((state) => state.run?.blockId);
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="mb-1 block text-ink-3 text-xs">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-9 w-full min-w-0 rounded-2 border border-line bg-surface-0 px-2 text-ink text-sm hover:border-line-strong"
      >
        {blocksByBranch(history).map(({ branch, blocks }) => (
          <optgroup key={branch.id} label={format(text.branch, { label: branch.label })}>
            {blocks.map((block) => (
              <option key={block.blockId} value={block.blockId}>
                {format(text.block, { height: block.height, branch: branch.label })}
                {block.blockId === stage ? ` · ${text.here}` : ''}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  );
}

/** Scrolls the dialog's body, and nothing around it, to where the comparison begins. */
function showTop(section: HTMLElement | null): void {
  const body = section?.parentElement;
  if (!section || !body) return;
  body.scrollTop += section.getBoundingClientRect().top - body.getBoundingClientRect().top;
}

function branchLabel(history: HistoryTree, id: string): string {
  return history.branches.find((branch) => branch.id === id)?.label ?? id;
}

function Verdict({
  of,
  history,
  same,
}: {
  readonly of: Comparison;
  readonly history: HistoryTree;
  readonly same: boolean;
}): ReactNode {
  const keys = of.differingKeys === 1 ? text.keysOne : format(text.keysMany, { count: of.differingKeys });
  const oneLine = of.forkHeight === Math.min(of.left.height, of.right.height);
  const sentence = same
    ? text.same
    : of.differingKeys === 0
      ? text.sameState
      : format(of.forkHeight === 0 ? text.forkGenesis : oneLine ? text.line : text.fork, {
          fork: of.forkHeight,
          keys,
        });
  return (
    <>
      <p className="text-base text-ink">{sentence}</p>
      <dl className="mt-2 grid grid-cols-2 gap-3 text-xs">
        {([of.left, of.right] as const).map((side, i) => (
          <div key={i === 0 ? text.left : text.right} className="min-w-0">
            <dt className="text-ink-3">
              {text.digest} ·{' '}
              {format(text.blockAt, { height: side.height, branch: branchLabel(history, side.branch) })}
            </dt>
            <dd className="break-all font-mono text-ink-2">{side.digest}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** The last runs of both blocks side by side, where they are still in memory. */
function BlockRuns({ history, sides }: { readonly history: HistoryTree; readonly sides: Sides }): ReactNode {
  const left = latestRunOf(sides.left);
  const right = latestRunOf(sides.right);
  const nameOf = (blockId: string): string => {
    const block = history.blocks.find((candidate) => candidate.blockId === blockId);
    return format(text.blockAt, {
      height: block?.height ?? 0,
      branch: branchLabel(history, block?.branch ?? ''),
    });
  };
  const { run, ghost } = useRuns.getState();
  // The same two runs stand above already.
  const shown = left !== null && right !== null && left.runId === ghost?.runId && right.runId === run?.runId;
  if (sides.left === sides.right || shown) return null;
  const missing = [left === null ? sides.left : null, right === null ? sides.right : null].filter(
    (blockId) => blockId !== null,
  );
  return (
    <section className="border-line border-t px-5 py-4">
      <h3 className="mb-2 text-ink-3 text-xs">
        {text.runs} · {text.runsHint}
      </h3>
      {left && right && (
        <PairedBars left={left} right={right} leftName={nameOf(sides.left)} rightName={nameOf(sides.right)} />
      )}
      {missing.map((blockId) => (
        <p key={blockId} className="flex flex-wrap items-center gap-3 text-ink-2 text-sm">
          {format(text.runMissing, { block: nameOf(blockId) })}
          <Button onClick={() => void session.seekBlock(blockId)}>{text.runAgain}</Button>
        </p>
      ))}
    </section>
  );
}
