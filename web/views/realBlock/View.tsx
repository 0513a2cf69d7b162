import { Button } from '../../components/Button.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { realBlockText as text } from '../../lib/messages/realBlock.ts';
import { openFiles } from '../../store/fileKinds.ts';
import { type ImportedBlock, useImported } from '../../store/importedBlock.ts';
import { useRuns } from '../../store/runs.ts';
import { session } from '../../store/session.ts';
import { Contracts } from './Contracts.tsx';
import { Figures } from './Figures.tsx';
import { Head } from './Head.tsx';
import { HotKeys } from './HotKeys.tsx';
import { Notes } from './Notes.tsx';

/** The real block on stage: what it is, why it is a chain or none, and what can be done about it. */
export default function RealBlock() {
  const imported = useImported((state) => state.imported);
  const run = useRuns((state) => state.run);
  if (imported === null || run === null) return <Invitation />;
  return (
    <div className="@container h-full overflow-y-auto bg-surface-1">
      <div className="grid gap-x-7 gap-y-2.5 px-4 pb-4 @2xl:grid-cols-[minmax(0,1.3fr)_minmax(0,1.2fr)_minmax(0,0.95fr)]">
        <Head report={imported.report} run={run}>
          <OpenButton label={text.openAnother} look="quiet" />
          <Button
            look="quiet"
            icon="close"
            title={text.leaveTitle}
            aria-label={text.leave}
            onClick={() => void session.startOver()}
          >
            {text.leaveShort}
          </Button>
        </Head>
        <Figures imported={imported} run={run} />
        <HotKeys report={imported.report} run={run} />
        <Contracts report={imported.report} run={run} />
        <Foot imported={imported} />
      </div>
    </div>
  );
}

function Foot({ imported }: { readonly imported: ImportedBlock }) {
  return (
    <footer className="border-t border-line pt-2 @2xl:col-span-3">
      <Notes report={imported.report} />
    </footer>
  );
}

function OpenButton({ label, look }: { readonly label: string; readonly look: 'quiet' | 'accent' }) {
  return (
    <FileButton look={look} accept=".json,.rlp,application/json" onFiles={(files) => void openFiles(files)}>
      {label}
    </FileButton>
  );
}

/** Before there is one: what may be dropped, and what there is to see. */
function Invitation() {
  return (
    <div className="h-full overflow-y-auto bg-surface-1">
      <div className="mx-auto flex min-h-full max-w-xl flex-col items-start justify-center gap-3 px-5 py-5">
        <h3 className="text-lg font-semibold tracking-tight text-balance">{text.emptyTitle}</h3>
        <p className="text-sm leading-snug text-pretty text-ink-2">{text.emptyLine}</p>
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-sm">
          {text.emptyKinds.map(([kind, what]) => (
            <div key={kind} className="contents">
              <dt className="font-mono text-xs leading-5 text-ink">{kind}</dt>
              <dd className="text-ink-2">{what}</dd>
            </div>
          ))}
        </dl>
        <p className="text-sm leading-snug text-pretty text-ink-2">{text.emptyWhy}</p>
        <OpenButton label={text.open} look="accent" />
      </div>
    </div>
  );
}
