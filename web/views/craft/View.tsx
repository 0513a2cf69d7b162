import type { ReactNode } from 'react';
import { Dialog } from '../../components/Dialog.tsx';
import { withActiveModules } from '../../lib/activeModules.ts';
import { format } from '../../lib/messages.ts';
import { craftMessages as text } from '../../lib/messages/craft.ts';
import { useSession } from '../../store/session.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { CraftForm } from './CraftForm.tsx';

/** The dialog in which a transaction is crafted by hand, or one of the past edited. */
export function Craft(): ReactNode {
  const open = useWorkbench((state) => state.open === 'craft');
  const request = useWorkbench((state) => state.craft);
  const description = useSession((state) => state.description);
  const genesis = useSession((state) => state.settings?.genesis);
  if (!open) return null;
  const { edit } = request;
  return (
    <Dialog
      title={edit === undefined ? text.titleNew : format(text.titleEdit, { index: edit.index })}
      closeLabel={text.close}
      onClose={() => useWorkbench.getState().close()}
    >
      {description === null ? (
        <p className="px-5 py-6 text-ink-2 text-sm">{text.waiting}</p>
      ) : (
        <CraftForm
          key={JSON.stringify([edit, request.draft])}
          description={withActiveModules(description, genesis)}
          request={request}
        />
      )}
    </Dialog>
  );
}
