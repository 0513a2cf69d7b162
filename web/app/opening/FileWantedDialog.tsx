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
  if (wanted?.imported === undefined) return null;
  const { name, sha256 } = wanted.imported;
  return (
    <Dialog
      title={openingText.wantedTitle}
      closeLabel={openingText.wantedCancel}
      width="max-w-lg"
      onClose={session.dismissWantedFile}
    >
      <div className="flex flex-col gap-3 px-5 py-4">
        <p>{format(openingText.wanted, { title: wanted.title, name })}</p>
        <p className="text-xs wrap-anywhere text-ink-3">
          {format(openingText.wantedHash, { sha256: sha256.slice(0, 16) })}
        </p>
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
