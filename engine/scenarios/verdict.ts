import type { Scenario, Verification } from '../api/scenario.ts';
import { differsBetween } from './checkpoints.ts';

/**
 * What digests by height (hexadecimal, genesis first) say of what a scenario expects. Under other rules than
 * `semantics` they say nothing, and neither do they where nothing is expected.
 */
export function verdictOf(
  scenario: Pick<Scenario, 'semantics' | 'expected'>,
  digests: readonly string[],
  semantics: number,
): Pick<Verification, 'verdict' | 'expectedDigest' | 'actualDigest' | 'differsBetween' | 'reason'> {
  const { expected } = scenario;
  const actualDigest = digests.at(-1)!;
  const expectedDigest = expected?.digest ?? null;
  const common = { expectedDigest, actualDigest, differsBetween: null };
  if (scenario.semantics !== semantics) {
    const reason = scenario.semantics < semantics ? 'older_rules' : 'newer_rules';
    return { ...common, verdict: 'not_comparable', reason };
  }
  if (expected === undefined) return { ...common, verdict: 'not_comparable', reason: 'nothing_expected' };
  const between = differsBetween(expected, digests);
  return between === null
    ? { ...common, verdict: 'verified' }
    : { ...common, verdict: 'differs', differsBetween: between };
}
