import { type FormEvent, useId, useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { galleryText as text } from '../../lib/messages/gallery.ts';
import { openFiles } from '../../store/fileKinds.ts';
import { session } from '../../store/session.ts';
import { useWorkbench } from '../../store/workbench.ts';

/** A scenario from elsewhere: a link that is pasted, or a file. */
export function OpenOther() {
  const id = useId();
  const [link, setLink] = useState('');
  const [wrong, setWrong] = useState('');
  const [busy, setBusy] = useState(false);
  const open = async (): Promise<void> => {
    if (link.trim() === '') return setWrong(text.pasteEmpty);
    setBusy(true);
    // What goes wrong is said here, under the field.
    const answer = await session.openText(link.trim(), { quiet: true });
    setBusy(false);
    // A scenario that waits for its file asks for it in a dialog of its own.
    if (answer.ok || answer.error.code === 'session/file_wanted') useWorkbench.getState().close();
    else if (answer.error.code !== 'engine/cancelled') setWrong(answer.error.message);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void open();
  };
  return (
    <li className="flex flex-col gap-2 rounded-2 border border-dashed border-line-strong px-4 pt-3 pb-3.5">
      <h3 className="text-[1.02rem] font-semibold tracking-tight">{text.otherTitle}</h3>
      <p className="text-sm leading-snug text-pretty text-ink-2">{text.otherAbout}</p>
      <form onSubmit={submit} className="mt-1 flex flex-col gap-1.5">
        <label htmlFor={id} className="text-xs text-ink-3">
          {text.paste}
        </label>
        <div className="flex gap-2">
          <input
            id={id}
            type="text"
            value={link}
            maxLength={300_000}
            autoComplete="off"
            spellCheck={false}
            placeholder={text.pastePlaceholder}
            aria-invalid={wrong !== ''}
            aria-describedby={`${id}-error`}
            onChange={(event) => {
              setLink(event.target.value);
              setWrong('');
            }}
            className="min-h-8 w-0 min-w-0 flex-1 rounded-2 border border-line bg-surface-0 px-2.5 font-mono text-xs placeholder:text-ink-3 aria-invalid:border-bad"
          />
          <Button type="submit" disabled={busy}>
            {text.pasteGo}
          </Button>
        </div>
        <p id={`${id}-error`} role="status" className="min-h-[1.3em] text-xs text-bad">
          {wrong}
        </p>
      </form>
      <div>
        <FileButton
          onFiles={(files) => {
            useWorkbench.getState().close();
            void openFiles(files);
          }}
        >
          {text.file}
        </FileButton>
      </div>
    </li>
  );
}
