import { Dialog } from '../../components/Dialog.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { Button } from '../../components/Button.tsx';
import { format } from '../../lib/messages.ts';
import { openingText } from '../../lib/messages/share.ts';
import { openFiles } from '../../store/fileKinds.ts';
import { useScenario } from '../../store/openedScenario.ts';
import { session } from '../../store/session.ts';

/** A scenario from an imported file names the file by its content; this asks for it. */
export function FileWantedDialog() {
  const wanted = useScenario((state) => state.wanted);
  const opening = useScenario((state) => state.opening !== null);
  if (opening || wanted?.scenario.imported === undefined) return null;
  const { scenario, complaint } = wanted;
  const { name, sha256 } = wanted.scenario.imported;
  return (
    <Dialog
      title={openingText.wantedTitle}
      closeLabel={openingText.wantedCancel}
      width="max-w-lg"
      onClose={session.dismissWantedFile}
    >
      <div className="flex flex-col gap-3 px-5 py-4">
        <p>{format(openingText.wanted, { title: scenario.title, name })}</p>
        <p className="text-xs wrap-anywhere text-ink-3">
          {format(openingText.wantedHash, { sha256: sha256.slice(0, 16) })}
        </p>
        {complaint !== null && (
          <p role="alert" className="rounded-2 border border-bad bg-bad/10 px-3 py-2 text-sm">
            {complaint.message} <span className="font-mono text-xs text-ink-2">{complaint.code}</span>
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <FileButton look="accent" onFiles={(files) => void openFiles(files)}>
            {openingText.choose}
          </FileButton>
          <Button look="quiet" onClick={session.dismissWantedFile}>
            {openingText.wantedCancel}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
