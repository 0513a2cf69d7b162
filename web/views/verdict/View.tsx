import type { ReactNode } from 'react';
import type { Verification } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { formatCount, formatUs } from '../../lib/format.ts';
import { format } from '../../lib/messages.ts';
import { verdictText as text } from '../../lib/messages/share.ts';
import { isAsOpened, type OpenedChain, useScenario } from '../../store/openedScenario.ts';
import { useRuns } from '../../store/runs.ts';
import { session, useSession } from '../../store/session.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { reportOf } from './report.ts';

/** The dialog that explains what executing the opened scenario again said. */
export function Verdict(): ReactNode {
  const opened = useScenario((state) => state.opened);
  if (opened === null) return null;
  return (
    <Dialog title={text.title} closeLabel={text.close} width="max-w-2xl" onClose={close}>
      <Body opened={opened} />
    </Dialog>
  );
}

const close = (): void => useWorkbench.getState().close();

const LOOKS: Readonly<Record<Verification['verdict'], readonly [IconName, string]>> = {
  verified: ['check', 'border-ok/50 text-ok'],
  differs: ['cross', 'border-bad text-bad'],
  not_comparable: ['more', 'border-warn/60 text-warn'],
};

function Body({ opened }: { readonly opened: OpenedChain }): ReactNode {
  const { verification, scenario } = opened;
  const now = useSession((state) => state.description?.semanticsVersion ?? scenario.semantics);
  const blockId = useRuns((state) => state.run?.blockId);
  const [icon, look] = LOOKS[verification.verdict];
  const [head, body] = wordsOf(opened, now);
  return (
    <div className="flex flex-col gap-4 p-5">
      <div className="flex gap-3.5">
        <span
          className={`mt-0.5 inline-flex size-8 shrink-0 items-center justify-center rounded-full border ${look}`}
        >
          <Icon name={icon} size={18} />
        </span>
        <div>
          <h3 className="text-base font-semibold">{head}</h3>
          <p className="mt-1 text-sm text-pretty text-ink-2">{body}</p>
        </div>
      </div>
      {!isAsOpened(opened, blockId) && (
        <div className="flex flex-wrap items-center justify-between gap-2 rounded-2 border border-line bg-surface-2 px-3.5 py-2.5 text-sm">
          <p className="min-w-0 flex-1 basis-64">{text.changedNote}</p>
          <Button icon="replay" onClick={leave(() => session.seekBlock(opened.lastBlockId))}>
            {text.back}
          </Button>
        </div>
      )}
      <Facts verification={verification} />
      {verification.verdict === 'differs' && <WhatToDo opened={opened} />}
    </div>
  );
}

/** Closes the dialog, then does it. */
function leave(action: () => unknown): () => void {
  return () => {
    close();
    action();
  };
}

function wordsOf({ verification, scenario }: OpenedChain, now: number): readonly [string, string] {
  const { title, semantics } = scenario;
  const { verdict, differsBetween, reason } = verification;
  if (verdict === 'verified') return [text.verifiedHead, format(text.verifiedBody, { title })];
  if (verdict === 'differs' && differsBetween !== null) {
    const [from, to] = differsBetween;
    if (from > 0)
      return [format(text.differsHead, { from, to }), format(text.differsBody, { from, to, title })];
    return [format(text.differsEarlyHead, { to }), format(text.differsEarlyBody, { to, title })];
  }
  if (reason === 'older_rules') return [text.olderHead, format(text.olderBody, { title, semantics, now })];
  if (reason === 'newer_rules') return [text.newerHead, format(text.newerBody, { title, semantics, now })];
  return [text.nothingHead, format(text.nothingBody, { title })];
}

function Facts({ verification }: { readonly verification: Verification }): ReactNode {
  const { blocks, transactions, durationMs, expectedDigest, actualDigest } = verification;
  const executed = format(blocks === 1 ? text.executedOne : text.executedValue, {
    blocks: formatCount(blocks),
    transactions: formatCount(transactions),
  });
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-sm">
      <dt className="text-ink-3">{text.executed}</dt>
      <dd>
        {executed} <span className="text-ink-3">{text.took}</span> {formatUs(durationMs * 1000)}
      </dd>
      {expectedDigest !== null && (
        <>
          <dt className="text-ink-3">{text.expected}</dt>
          <dd className="font-mono text-xs leading-5 wrap-anywhere">{expectedDigest}</dd>
        </>
      )}
      <dt className="text-ink-3">{text.actual}</dt>
      <dd className="font-mono text-xs leading-5 wrap-anywhere" data-testid="actual-digest">
        {actualDigest}
      </dd>
    </dl>
  );
}

function WhatToDo({ opened }: { readonly opened: OpenedChain }): ReactNode {
  const history = useRuns((state) => state.history);
  const height = opened.verification.differsBetween?.[1] ?? 1;
  const block = history?.blocks.find((node) => node.height === height && opened.blockIds.has(node.blockId));
  return (
    <section className="border-t border-line pt-4">
      <h3 className="mb-2 text-xs font-semibold tracking-wide text-ink-3">{text.whatToDo}</h3>
      <ol className="flex list-decimal flex-col gap-1.5 pl-5 text-sm text-ink-2 marker:text-ink-3">
        {text.differsSteps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      <div className="mt-3 flex flex-wrap gap-2">
        {block !== undefined && (
          <Button onClick={leave(() => session.seekBlock(block.blockId))}>
            {format(text.goToBlock, { height })}
          </Button>
        )}
        <Button icon="compare" onClick={() => useWorkbench.getState().openCompare()}>
          {text.compare}
        </Button>
        <CopyButton text={() => reportOf(opened)}>{text.copyReport}</CopyButton>
      </div>
    </section>
  );
}
