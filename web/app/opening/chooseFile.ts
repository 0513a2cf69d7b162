import { openFiles } from '../../store/fileKinds.ts';

/** Asks for a file where there is no button with a field of its own, such as from the palette. */
export function chooseFile(): void {
  const field = document.createElement('input');
  field.type = 'file';
  field.addEventListener('change', () => void openFiles([...(field.files ?? [])]));
  field.click();
}
