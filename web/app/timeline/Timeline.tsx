import { Button } from '../../components/Button.tsx';
import { realBlockText } from '../../lib/messages/realBlock.ts';
import { shell } from '../../lib/messages/shell.ts';
import { format } from '../../lib/messages.ts';
import { useImported } from '../../store/importedBlock.ts';
import { useRuns } from '../../store/runs.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { byHand } from '../story/director.ts';
import { HistoryTree } from './HistoryTree.tsx';
import { MomentBar } from './MomentBar.tsx';

/** The one timeline: inside the block on stage, and from block to block. */
export function Timeline() {
  const height = useRuns((state) => state.run?.height);
  const ready = height !== undefined;
  const alone = useImported((state) => state.imported !== null);
  return (
    <section aria-label={shell.history} className="border-t border-line bg-surface-1 px-3 py-2">
      <div className="grid grid-cols-[5.5rem_minmax(0,1fr)_auto] items-start gap-x-3 gap-y-1.5 max-sm:grid-cols-1">
        <span className="pt-2 text-xs text-ink-3">{ready && format(shell.block, { height })}</span>
        <MomentBar />
        <div className="row-span-2 flex flex-col gap-1.5 max-sm:row-auto max-sm:flex-row">
          <Button
            icon="craft"
            disabled={!ready || alone}
            title={alone ? realBlockText.noCraft : undefined}
            className="justify-start!"
            onClick={byHand(() => useWorkbench.getState().openCraft())}
          >
            {shell.craft}
          </Button>
          <Button
            icon="compare"
            disabled={!ready}
            className="justify-start!"
            onClick={byHand(() => useWorkbench.getState().openCompare())}
          >
            {shell.compare}
          </Button>
        </div>
        <span className="pt-1 text-xs text-ink-3 max-sm:hidden">{shell.history}</span>
        <HistoryTree />
      </div>
    </section>
  );
}
