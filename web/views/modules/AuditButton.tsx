import type { LaneReport } from '../../../engine/api/index.ts';
import { modulesText as text } from '../../lib/messages/modules.ts';
import { format } from '../../lib/messages.ts';
import { useWorkbench } from '../../store/workbench.ts';

/** Opens the audit of a lane's module. */
export function AuditButton({ lane: { module, title } }: { readonly lane: LaneReport }) {
  return (
    <button
      type="button"
      aria-haspopup="dialog"
      aria-label={format(text.auditIt, { module: title })}
      className="rounded-1 border border-line px-1.5 py-px text-xs text-ink-2 transition-colors hover:border-line-strong hover:text-ink"
      onClick={() => useWorkbench.getState().openAudit({ module })}
    >
      {text.audit}
    </button>
  );
}
