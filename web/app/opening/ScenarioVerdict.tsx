import { Icon, type IconName } from '../../components/Icon.tsx';
import { format } from '../../lib/messages.ts';
import { verdictText } from '../../lib/messages/share.ts';
import { isAsOpened, type OpenedChain, useScenario } from '../../store/openedScenario.ts';
import { useRuns } from '../../store/runs.ts';
import { useWorkbench } from '../../store/workbench.ts';

interface Words {
  readonly text: string;
  readonly icon: IconName;
  readonly look: string;
}

/** The verdict in a word or two, and how it looks; for the block on stage, which may have been changed since. */
export function verdictWords(opened: OpenedChain, blockId: string | undefined): Words {
  const { verdict, reason } = opened.verification;
  if (blockId !== undefined && !isAsOpened(opened, blockId))
    return { text: verdictText.changed, icon: 'branch', look: 'border-line-strong text-ink-2' };
  if (verdict === 'verified')
    return { text: verdictText.verified, icon: 'check', look: 'border-ok/40 text-ok' };
  if (verdict === 'differs')
    return { text: verdictText.differs, icon: 'cross', look: 'border-bad bg-bad/15 text-bad' };
  const text =
    reason === 'older_rules'
      ? verdictText.olderRules
      : reason === 'newer_rules'
        ? verdictText.newerRules
        : verdictText.nothing;
  return { text, icon: 'more', look: 'border-warn/50 text-warn' };
}

/** What executing the opened scenario again said: in the bar, spoken once, and explained when pressed. */
export function ScenarioVerdict() {
  const opened = useScenario((state) => state.opened);
  const blockId = useRuns((state) => state.run?.blockId);
  const words = opened === null ? null : verdictWords(opened, blockId);
  return (
    <>
      <span role="status" className="sr-only" data-testid="scenario-announcement">
        {opened !== null &&
          words !== null &&
          format(verdictText.announce, { title: opened.scenario.title, verdict: words.text })}
      </span>
      {words !== null && (
        <button
          type="button"
          data-testid="scenario-verdict"
          aria-haspopup="dialog"
          title={format(verdictText.why, { verdict: words.text })}
          onClick={() => useWorkbench.getState().openVerdict()}
          className={`inline-flex min-h-6 items-center gap-1 rounded-full border px-2 py-0.5 text-xs whitespace-nowrap underline decoration-dotted underline-offset-[3px] hover:decoration-solid ${words.look}`}
        >
          <Icon name={words.icon} size={12} />
          {words.text}
        </button>
      )}
    </>
  );
}
