import { IconButton } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { InFront } from '../components/InFront.tsx';
import { shell } from '../lib/messages/shell.ts';
import { useToasts } from '../store/toasts.ts';

/** What was refused or went on; stays until it is put away, because people read at their own pace. */
export function Toasts() {
  const toasts = useToasts((state) => state.toasts);
  const dismiss = useToasts((state) => state.dismiss);
  return (
    <InFront>
      <section
        aria-label={shell.toasts}
        aria-live="polite"
        className="pointer-events-none fixed right-3 bottom-3 z-40 flex w-[min(26rem,calc(100vw-1.5rem))] flex-col gap-2"
      >
        {toasts.map((toast) => (
          <div
            key={toast.id}
            className="pointer-events-auto flex items-start gap-2 rounded-2 border border-line-strong bg-surface-2 py-2 pr-1 pl-3 text-sm shadow-(--shadow)"
          >
            <span className={`mt-1 ${toast.tone === 'bad' ? 'text-bad' : 'text-ink-3'}`}>
              <Icon name={toast.tone === 'bad' ? 'cross' : 'more'} size={13} />
            </span>
            <p className="min-w-0 flex-1 py-0.5">
              {toast.message} <span className="font-mono text-xs wrap-anywhere text-ink-3">{toast.code}</span>
            </p>
            <IconButton
              icon="close"
              size={12}
              label={shell.dismiss}
              className="size-7!"
              onClick={() => dismiss(toast.id)}
            />
          </div>
        ))}
      </section>
    </InFront>
  );
}
