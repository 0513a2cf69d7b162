import { whyNoThreads } from '../../lib/isolation.ts';
import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { shell } from '../../lib/messages/shell.ts';
import { format } from '../../lib/messages.ts';

/** Where memory cannot be shared between threads: why, and what to do. */
export function NoThreads() {
  const reason = whyNoThreads();
  return (
    <section
      aria-labelledby="bm-none"
      data-testid="benchmark-no-threads"
      className="mx-auto flex max-w-[42rem] flex-col gap-3 px-6 py-16"
    >
      <h3 id="bm-none" className="text-lg font-semibold">
        {text.noThreadsTitle}
      </h3>
      <p className="text-ink-2">{format(text.noThreads, { reason: shell.noThreadsReasons[reason] })}</p>
      <p>{text.noThreadsDo[reason]}</p>
      <p className="text-sm text-ink-2">
        {text.commandLine}{' '}
        <code className="rounded-1 bg-surface-3 px-1.5 py-0.5 font-mono">{text.command}</code>
      </p>
    </section>
  );
}
