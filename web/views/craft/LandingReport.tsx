import type { ReactNode } from 'react';
import type { BlockRun } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { format } from '../../lib/messages.ts';
import { craftMessages as text } from '../../lib/messages/craft.ts';
import { useRuns } from '../../store/runs.ts';
import { landingOf } from './landing.ts';

export interface Landed {
  readonly run: BlockRun;
  readonly index: number;
  /** For an edit: the block as it was before. */
  readonly oldBlockId?: string | undefined;
}

/** Where the transaction landed, what became of it and who was in its way. */
export function LandingReport({
  landed,
  onShow,
  onAnother,
  onCompare,
}: {
  readonly landed: Landed;
  readonly onShow: () => void;
  readonly onAnother: () => void;
  readonly onCompare: () => void;
}): ReactNode {
  const { run, index, oldBlockId } = landed;
  const landing = landingOf(run, index);
  const branch = useRuns(
    (state) => state.history?.branches.find(({ id }) => id === run.branch)?.label ?? run.branch,
  );
  const where = oldBlockId !== undefined ? text.landedBranch : index === 0 ? text.landed : text.landedAt;
  return (
    <div className="px-5 py-5">
      <p role="status" className="text-base text-ink">
        {landing === undefined ? text.landedCut : format(where, { height: run.height, index, branch })}
      </p>
      {landing && (
        <dl className="mt-4 grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
          <Row name={text.place}>{format(text.placeValue, { index, total: run.transactions.length })}</Row>
          <Row name={text.wave}>
            {format(text.waveValue, { wave: landing.wave + 1, waves: run.graph.waves })}
          </Row>
          <Row name={text.status}>
            {text.statuses[landing.transaction.status]}
            {landing.transaction.errorMessage && (
              <span className="block text-ink-3">{landing.transaction.errorMessage}</span>
            )}
          </Row>
          <Row name={text.runs}>
            {format(text.runsValue, {
              runs: landing.transaction.executions,
              aborts: landing.transaction.aborts,
            })}
          </Row>
          <Row name={text.conflicts}>
            {landing.before + landing.after === 0
              ? text.conflictsNone
              : format(text.conflictsValue, { before: landing.before, after: landing.after })}
          </Row>
        </dl>
      )}
      <div className="mt-5 flex flex-wrap gap-2">
        <Button look="accent" onClick={onShow}>
          {text.show}
        </Button>
        {oldBlockId === undefined ? (
          <Button onClick={onAnother}>{text.another}</Button>
        ) : (
          <Button icon="compare" onClick={onCompare}>
            {text.compare}
          </Button>
        )}
      </div>
    </div>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="text-ink">{children}</dd>
    </>
  );
}
