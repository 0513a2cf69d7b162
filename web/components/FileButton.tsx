import { useRef } from 'react';
import { Button, type ButtonProps } from './Button.tsx';

export interface FileButtonProps extends ButtonProps {
  /** What the file dialog offers first, as for an input's `accept`. */
  readonly accept?: string;
  onFiles(files: readonly File[]): void;
}

/** A button that asks for a file. The field that the browser needs for it is out of sight and out of reach. */
export function FileButton({ accept, onFiles, icon = 'file', ...rest }: FileButtonProps) {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...rest} icon={icon} onClick={() => field.current?.click()} />
      <input
        ref={field}
        type="file"
        accept={accept}
        hidden
        tabIndex={-1}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          // The same file can be chosen again.
          event.target.value = '';
          onFiles(files);
        }}
      />
    </>
  );
}
