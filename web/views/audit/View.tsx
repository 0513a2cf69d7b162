import { type ReactNode, useRef, useState } from 'react';
import type { BlockLanes, BlockRun, LaneReport } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { moduleColour, moduleGlyph } from '../../lib/colours.ts';
import { formatBytes, formatCount } from '../../lib/format.ts';
import { auditText as text } from '../../lib/messages/audit.ts';
import { modulesText } from '../../lib/messages/modules.ts';
import { format } from '../../lib/messages.ts';
import { useLanes } from '../../store/lanes.ts';
import { useRuns } from '../../store/runs.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { History } from './History.tsx';
import { ModuleChoice } from './ModuleChoice.tsx';
import { Root } from './Root.tsx';
import { Rules } from './Rules.tsx';
import { State } from './State.tsx';
import { useAsked } from './useAsked.ts';
import { useAudit } from './useAudit.ts';
import { Verdict } from './Verdict.tsx';

const close = (): void => useWorkbench.getState().close();

/** The dialog that audits one module from its own state and history: rules, root, entries with proofs, blocks. */
export function Audit(): ReactNode {
  // The block on stage when it was opened: playing may go on behind it.
  const [run] = useState(() => useRuns.getState().run);
  return (
    <Dialog title={text.title} closeLabel={text.close} width="max-w-5xl" onClose={close}>
      {run === null ? <p className="p-5 text-sm text-ink-2">{text.noBlock}</p> : <Body run={run} />}
    </Dialog>
  );
}

function Body({ run: { blockId } }: { readonly run: BlockRun }): ReactNode {
  const known = useLanes((state) => state.known.get(blockId));
  const asked = useAsked(known === undefined ? blockId : null, (engine) => engine.readLanes(blockId));
  const block = known ?? asked.value;
  if (asked.failure !== null) {
    return <Failure message={asked.failure.message} again={asked.again} />;
  }
  if (block === null) return <p className="p-5 text-sm text-ink-2">{modulesText.loading} …</p>;
  return <OfBlock block={block} />;
}

function OfBlock({ block }: { readonly block: BlockLanes }): ReactNode {
  const [wanted, setWanted] = useState(useWorkbench.getState().audit.module);
  const lane = block.lanes.find(({ module }) => module === wanted) ?? block.lanes[0];
  if (lane === undefined) return null;
  return (
    <div className="flex flex-col">
      {block.lanes.length > 1 && (
        <div className="border-b border-line px-5 py-3">
          <ModuleChoice lanes={block.lanes} chosen={lane.module} onChoose={setWanted} />
        </div>
      )}
      <OfModule key={lane.module} block={block} lane={lane} />
    </div>
  );
}

function OfModule({ block, lane }: { readonly block: BlockLanes; readonly lane: LaneReport }): ReactNode {
  const { blockId, height } = block;
  const [altered, setAltered] = useState<string | undefined>(undefined);
  const top = useRef<HTMLDivElement>(null);
  const { value: audit, progress, failure, fresh, again } = useAudit(blockId, lane.module, altered);
  // What was found of the state as it stands says nothing of the altered one, and back.
  const shown = fresh ? audit : null;
  return (
    <div ref={top} className="flex scroll-mt-4 flex-col gap-5 p-5">
      <div className="flex flex-col gap-3">
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
          <span className="text-base font-semibold">
            <span
              aria-hidden="true"
              className="mr-1.5"
              style={{ color: moduleColour(lane.module, lane.lane) }}
            >
              {moduleGlyph(lane.module, lane.lane)}
            </span>
            {lane.title}
          </span>
          <span className="text-ink-3">
            {format(text.facts, {
              height,
              storage: modulesText.storage[audit?.storage ?? lane.storage],
              keys: formatCount(audit?.keys ?? lane.keys),
              size: formatBytes(audit?.sizeBytes ?? lane.sizeBytes),
            })}
          </span>
        </p>
        {failure === null ? (
          <Verdict {...{ audit: shown, title: lane.title }} onPutBack={() => setAltered(undefined)} />
        ) : (
          <Failure
            message={failure.message}
            {...(altered === undefined
              ? { again }
              : { again: () => setAltered(undefined), label: text.putBack })}
          />
        )}
        {block.mode === 'monolithic' && <p className="text-xs text-pretty text-ink-3">{text.monolithic}</p>}
      </div>
      <div className="grid gap-x-8 gap-y-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,27rem)]">
        <Rules audit={shown} height={height} />
        <Root {...{ audit: shown, progress, height }} storage={audit?.storage ?? lane.storage} />
      </div>
      <State
        {...{ block, module: lane.module }}
        altered={shown?.altered}
        storage={audit?.storage ?? null}
        keys={audit?.keys ?? lane.keys}
        onChange={(key) => {
          setAltered(key);
          top.current?.parentElement?.parentElement?.scrollTo({ top: 0 });
        }}
      >
        <History history={audit?.history ?? null} {...{ height, module: lane.module, lane: lane.lane }} />
      </State>
    </div>
  );
}

function Failure({
  message,
  again,
  label = text.again,
}: {
  readonly message: string;
  again(): void;
  readonly label?: string;
}): ReactNode {
  return (
    <div role="alert" className="flex flex-col items-start gap-2 p-5 text-sm">
      <p>{format(text.failed, { message })}</p>
      <Button onClick={again}>{label}</Button>
    </div>
  );
}
