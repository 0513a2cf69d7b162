import { type ReactNode, useId, useState } from 'react';
import type { SharedScenario } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { format } from '../../lib/messages.ts';
import { shareText as text } from '../../lib/messages/share.ts';
import { shell } from '../../lib/messages/shell.ts';
import { openFiles } from '../../store/fileKinds.ts';
import { importTitle } from '../../lib/realBlockWords.ts';
import { saveFile } from '../../lib/saveFile.ts';
import { useImported } from '../../store/importedBlock.ts';
import { useScenario } from '../../store/openedScenario.ts';
import { type ShareView, viewNow } from '../../store/shareScenario.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { EmbedPart } from './EmbedPart.tsx';
import { LinkPart } from './LinkPart.tsx';
import { PartTitle } from './PartTitle.tsx';
import { QrPart } from './QrPart.tsx';
import { fileNameOf, scenarioText } from './scenarioFile.ts';
import { useShared } from './useShared.ts';

const MOST_TITLE_LETTERS = 80;

const close = (): void => useWorkbench.getState().close();

/** The dialog that hands on what is on stage: a link, a QR code, a file, a piece of HTML. */
export function Share(): ReactNode {
  return (
    <Dialog title={text.title} closeLabel={text.close} width="max-w-3xl" onClose={close}>
      <Body />
    </Dialog>
  );
}

function Body(): ReactNode {
  const opened = useScenario((state) => state.opened?.scenario.title);
  const imported = useImported((state) => state.imported);
  const [title, setTitle] = useState(
    opened ?? (imported === null ? shell.scenario : importTitle(imported.report)),
  );
  // How it looked when the dialog was opened: the clock may go on behind it.
  const [look] = useState(viewNow);
  const named = title.trim() === '' ? shell.scenario : title.trim();
  const answer = useShared(named, look);
  const shared = answer?.ok === true ? answer.value : null;
  const nameId = useId();
  return (
    <div className="flex flex-col gap-5 p-5">
      <p className="max-w-[76ch] text-sm text-pretty text-ink-2">{text.intro}</p>
      <div className="grid gap-x-6 gap-y-5 md:grid-cols-[minmax(0,1fr)_auto]">
        <div className="flex min-w-0 flex-col gap-4">
          <div>
            <label htmlFor={nameId} className="mb-1 block text-xs text-ink-3">
              {text.nameLabel}
            </label>
            <input
              id={nameId}
              value={title}
              maxLength={MOST_TITLE_LETTERS}
              autoComplete="off"
              onChange={(event) => setTitle(event.target.value)}
              className="w-full rounded-2 border border-line bg-surface-0 px-3 py-1.5"
            />
          </div>
          <LinkPart shared={shared} pending={answer === null} />
          {answer?.ok === false && (
            <p role="alert" className="rounded-2 border border-bad bg-bad/10 px-3 py-2 text-sm">
              {answer.error.message} <span className="font-mono text-xs text-ink-2">{answer.error.code}</span>
            </p>
          )}
          {look !== null && <Carries look={look} shared={shared} />}
        </div>
        <QrPart shared={shared} />
      </div>
      <div className="grid gap-x-6 gap-y-5 border-t border-line pt-4 md:grid-cols-[2fr_3fr]">
        <FilePart shared={shared} />
        <EmbedPart shared={shared} title={named} />
      </div>
    </div>
  );
}

/** What goes along, so that nobody has to guess. */
function Carries({
  look,
  shared,
}: {
  readonly look: ShareView;
  readonly shared: SharedScenario | null;
}): ReactNode {
  const { moment, selection, panels = [] } = look.view;
  const blocks = shared?.scenario.blocks ?? moment?.height ?? 0;
  const actions = (shared?.scenario.actions ?? []).reduce(
    (sum, entry) => sum + entry.actions.length * (1 + (entry.repeat ?? 0)),
    0,
  );
  const many = (count: number, one: string, more: string): string =>
    count === 1 ? one : format(more, { count });
  return (
    <p className="text-xs text-ink-3" data-testid="share-carries">
      {format(text.carries, {
        blocks: many(blocks, text.block, text.blocks),
        actions: actions === 0 ? text.noActions : many(actions, text.action, text.actions),
        height: moment?.height ?? 0,
        selection: selection === undefined ? text.notSelected : format(text.selected, { tx: selection.tx }),
        panels: many(panels.length, text.panel, text.panels),
      })}
    </p>
  );
}

function FilePart({ shared }: { readonly shared: SharedScenario | null }): ReactNode {
  const save = (): void => {
    if (shared === null) return;
    const content = new Blob([scenarioText(shared.scenario)], { type: 'application/json' });
    saveFile(content, fileNameOf(shared.scenario.title));
  };
  const open = (files: readonly File[]): void => {
    if (files.length === 0) return;
    close();
    void openFiles(files);
  };
  return (
    <section>
      <PartTitle>{text.file}</PartTitle>
      <p className="mb-3 text-sm text-pretty text-ink-2">{text.fileAbout}</p>
      <div className="flex flex-wrap gap-2">
        <Button icon="save" disabled={shared === null} onClick={save}>
          {text.save}
        </Button>
        <FileButton look="quiet" onFiles={open}>
          {text.open}
        </FileButton>
      </div>
    </section>
  );
}
