import type { ReactNode } from 'react';
import { Dialog } from '../components/Dialog.tsx';
import { STATUS_NAMES, StatusSwatch } from '../components/StatusSwatch.tsx';
import { activeIds } from '../lib/activeModules.ts';
import { moduleColour, moduleGlyph } from '../lib/colours.ts';
import { helpText } from '../lib/messages/shell.ts';
import { useRuns } from '../store/runs.ts';
import { useSession } from '../store/session.ts';
import { useOverlay } from './overlay.ts';

/** Keys, the legend of colours and shapes, and the few words one needs. */
export function HelpDialog() {
  const close = useOverlay((state) => state.close);
  const described = useSession((state) => state.description?.modules) ?? [];
  const run = useRuns((state) => state.run);
  const active = activeIds(useSession((state) => state.settings?.genesis));
  const modules = described.filter(
    ({ id }) => active.includes(id) || run?.transactions.some(({ module }) => module === id),
  );
  return (
    <Dialog title={helpText.title} closeLabel={helpText.close} onClose={close} width="max-w-4xl">
      <div className="grid gap-x-10 gap-y-6 p-5 md:grid-cols-2">
        <Part title={helpText.words} wide>
          <dl className="grid gap-x-10 gap-y-3 md:grid-cols-2">
            {helpText.glossary.map(([word, meaning]) => (
              <div key={word}>
                <dt className="font-semibold text-accent">{word}</dt>
                <dd className="text-sm text-ink-2">{meaning}</dd>
              </div>
            ))}
          </dl>
        </Part>
        <Part title={helpText.colours}>
          <ul className="flex flex-col gap-1.5 text-sm">
            {STATUS_NAMES.map((status) => (
              <li key={status} className="flex items-baseline gap-2.5">
                <StatusSwatch status={status} />
                <span>
                  {helpText.statuses[status][0]}{' '}
                  <span className="text-ink-3">{helpText.statuses[status][1]}</span>
                </span>
              </li>
            ))}
          </ul>
          {modules.length > 0 && <h4 className="mt-3 mb-1 text-xs text-ink-3">{helpText.modules}</h4>}
          <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
            {modules.map((module) => (
              <li key={module.id} className="flex items-baseline gap-1.5" title={module.summary}>
                <span aria-hidden="true" style={{ color: moduleColour(module.id, module.lane) }}>
                  {moduleGlyph(module.id, module.lane)}
                </span>
                {module.title}
              </li>
            ))}
          </ul>
        </Part>
        <Part title={helpText.keys}>
          <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-1.5 text-sm">
            {helpText.shortcuts.map(([keys, what]) => (
              <div key={keys} className="contents">
                <dt>
                  <kbd className="rounded-1 border border-line-strong bg-surface-2 px-1.5 py-0.5 font-mono text-xs">
                    {keys}
                  </kbd>
                </dt>
                <dd className="text-ink-2">{what}</dd>
              </div>
            ))}
          </dl>
        </Part>
      </div>
    </Dialog>
  );
}

function Part({
  title,
  wide = false,
  children,
}: {
  readonly title: string;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <section className={wide ? 'md:col-span-2' : ''}>
      <h3 className="mb-2 text-xs font-semibold tracking-wide text-ink-3">{title}</h3>
      {children}
    </section>
  );
}
