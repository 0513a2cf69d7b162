import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode, Suspense } from 'react';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { shell } from '../lib/messages/shell.ts';
import { format } from '../lib/messages.ts';

type ViewModule = { readonly default: ComponentType };

/** Every folder under views is a part of its own that loads when it is first shown. */
const loaders: Readonly<Record<string, () => Promise<ViewModule>>> = import.meta.glob<ViewModule>(
  '../views/*/index.tsx',
);
const views = new Map<string, LazyExoticComponent<ComponentType>>();

function MissingView() {
  return <p className="p-4 text-sm text-ink-3">{shell.noPanel}</p>;
}

/** Addresses of views that did not load. Browsers may remember that for as long as the page lives. */
const failed = new Map<string, string>();
let attempts = 0;

/** A view's code; of one that failed before, by an address that the browser does not know yet. */
async function fetched(name: string, load: () => Promise<ViewModule>): Promise<ViewModule> {
  const address = failed.get(name);
  try {
    if (address === undefined) return await load();
    return (await import(/* @vite-ignore */ `${address}?again=${++attempts}`)) as ViewModule;
  } catch (error) {
    const named = error instanceof Error ? /https?:[^\s?]+\.js/.exec(error.message)?.[0] : undefined;
    if (named !== undefined) failed.set(name, named);
    throw error;
  }
}

function viewOf(name: string): LazyExoticComponent<ComponentType> {
  const known = views.get(name);
  if (known !== undefined) return known;
  const load = loaders[`../views/${name}/index.tsx`];
  const view = lazy(async () => {
    const View = load === undefined ? MissingView : (await fetched(name, load)).default;
    // A folder may itself answer with a lazy component, which lazy does not take as its own.
    return { default: () => <View /> };
  });
  views.set(name, view);
  return view;
}

/** Fetches a view's code before it is shown, so that it is there when the first block is. */
export function preloadView(name: string): void {
  loaders[`../views/${name}/index.tsx`]?.().catch(() => {});
}

/** A view behind its own walls: while it loads there is a skeleton, and if it fails the rest goes on. */
export function LazyView({ name, title }: { readonly name: string; readonly title: string }) {
  return (
    <ErrorBoundary
      fallback={(error, retry) => (
        <ViewFailure
          error={error}
          retry={() => {
            // A chunk that did not load stays failed inside its lazy component.
            views.delete(name);
            retry();
          }}
        />
      )}
    >
      <Suspense fallback={<Skeleton label={format(shell.loadingPanel, { panel: title })} />}>
        <Loaded name={name} />
      </Suspense>
    </ErrorBoundary>
  );
}

/**
 * A view that is a dialog: nothing on the page moves while it loads, and if it fails, a dialog says so. One that is
 * taken away after a failure is asked for anew the next time.
 */
export function LazyDialog({
  name,
  title,
  onClose,
}: {
  readonly name: string;
  readonly title: string;
  onClose(): void;
}) {
  return (
    <ErrorBoundary
      fallback={(error, retry) => {
        views.delete(name);
        return (
          <Dialog title={title} closeLabel={shell.close} width="max-w-md" onClose={onClose}>
            <ViewFailure error={error} retry={retry} />
          </Dialog>
        );
      }}
    >
      <Suspense
        fallback={
          <p className="sr-only" role="status">
            {format(shell.loadingPanel, { panel: title })}
          </p>
        }
      >
        <Loaded name={name} />
      </Suspense>
    </ErrorBoundary>
  );
}

/** Asks for the view each time it is mounted: after a failure that is another one. */
function Loaded({ name }: { readonly name: string }): ReactNode {
  const View = viewOf(name);
  return <View />;
}

function ViewFailure({ error, retry }: { readonly error: Error; retry(): void }): ReactNode {
  return (
    <div className="flex h-full flex-col items-start gap-2 p-4 text-sm" role="alert">
      <p>{shell.panelFailed}</p>
      <p className="font-mono text-xs break-words text-ink-3">{error.message}</p>
      <Button onClick={retry}>{shell.tryAgain}</Button>
    </div>
  );
}

/** Still bars where something will be; nothing that moves. */
export function Skeleton({ label }: { readonly label: string }) {
  return (
    <div className="flex h-full flex-col gap-3 p-4" role="status" aria-label={label}>
      {['w-4/5', 'w-3/5', 'w-2/3', 'w-2/5'].map((width) => (
        <div key={width} className={`h-3 rounded-1 bg-surface-2 ${width}`} />
      ))}
    </div>
  );
}
