import { format } from '../../lib/messages.ts';
import { verdictText as text } from '../../lib/messages/share.ts';
import type { OpenedChain } from '../../store/openedScenario.ts';

/** What somebody needs who looks into a difference: plain text, with the scenario itself at its end. */
export function reportOf({ scenario, verification, fragment }: OpenedChain): string {
  const { expectedDigest, actualDigest, differsBetween } = verification;
  const [from, to] = differsBetween ?? [0, scenario.blocks];
  return [
    `${text.report.head}: ${scenario.title}`,
    format(text.report.interval, { from, to }),
    `${text.expected}: ${expectedDigest}`,
    `${text.actual}: ${actualDigest}`,
    `${text.rules}: ${scenario.semantics}`,
    navigator.userAgent,
    fragment ?? JSON.stringify(scenario),
  ].join('\n');
}
