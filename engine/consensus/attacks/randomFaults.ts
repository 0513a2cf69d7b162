import { createPrng, type Prng } from '../../base/prng.ts';
import type { Intervention, Latency, ScheduledIntervention } from '../../types/consensus.ts';
import { meanUs } from '../pace.ts';
import type { AttackPatch, Target } from './attack.ts';

const MOST_EPISODES = 6;
const MOST_MEDDLING = 8;
/** Events among which single messages are meddled with. */
const MEDDLED_EVENTS = 1000;
const SLOWEST_PERMILLE = 30_000;

/**
 * Faults by the seed of the settings: nodes crash, with or without what was not on disk, and come back; links slow down; the network is cut and healed; single
 * messages are delayed, lost, doubled or preferred; the network loses and doubles some all the time; and liars lie in changing ways. All that is done to
 * the world is undone again within about as long as the heights take.
 */
export function randomFaults(target: Target): AttackPatch {
  const { settings, liars, lies } = target;
  const prng = createPrng(settings.seed, 'faults');
  const interventions: ScheduledIntervention[] = [];
  for (let i = prng.below(MOST_EPISODES + 1); i > 0; i--) interventions.push(...episode(target, prng));
  for (const node of liars) {
    if (prng.chance(300))
      interventions.push({ atUs: momentUs(target, prng), intervention: { kind: 'lyingDisk', node } });
    for (let i = 1 + prng.below(3); i > 0; i--) {
      const some = lies.filter(() => prng.chance(400));
      interventions.push({ atUs: momentUs(target, prng), intervention: { kind: 'lie', node, lies: some } });
    }
  }
  // What is planned by time has the first numbers; nothing of that is meddled with.
  const planned = settings.interventions.length + interventions.length;
  for (let i = prng.below(MOST_MEDDLING + 1); i > 0; i--) interventions.push(meddling(target, planned, prng));
  return { interventions, network: networkOf(target, prng) };
}

function momentUs({ paceUs, heights }: Target, prng: Prng): number {
  return prng.below(Math.max(1, Math.min(paceUs * heights, 0xffff_ffff)));
}

/** Something that begins and ends. */
function episode(target: Target, prng: Prng): ScheduledIntervention[] {
  const nodes = target.settings.powers.length + target.settings.twins.length;
  const fromUs = momentUs(target, prng);
  const toUs = fromUs + 1 + Math.floor(momentUs(target, prng) / (1 + prng.below(8)));
  const during = (begin: Intervention, end: Intervention): ScheduledIntervention[] => [
    { atUs: fromUs, intervention: begin },
    { atUs: toUs, intervention: end },
  ];
  const node = prng.below(nodes);
  switch (prng.below(4)) {
    case 0:
      return during(
        { kind: 'slow', node, permille: 1000 + prng.below(SLOWEST_PERMILLE) },
        { kind: 'slow', node, permille: 1000 },
      );
    case 1: {
      const groups: number[][] = [[], [], []];
      const among = 2 + prng.below(2);
      for (let each = 0; each < nodes; each++) groups[prng.below(among)]!.push(each);
      return during({ kind: 'cut', groups }, { kind: 'heal' });
    }
    default:
      return during({ kind: 'crash', node, loseUnsynced: prng.chance(600) }, { kind: 'restart', node });
  }
}

function meddling({ paceUs }: Target, planned: number, prng: Prng): ScheduledIntervention {
  const afterEvents = prng.below(MEDDLED_EVENTS);
  const event = planned + 1 + afterEvents + prng.below(16);
  const kind = (['delayMessage', 'dropMessage', 'duplicateMessage', 'nextStep'] as const)[prng.below(4)]!;
  const byUs = 1 + prng.below(Math.max(1, Math.min(5 * paceUs, 0xffff_ffff)));
  return { afterEvents, intervention: kind === 'delayMessage' ? { kind, event, byUs } : { kind, event } };
}

/** Latencies keep their mean, more or less. */
function networkOf({ settings }: Target, prng: Prng): AttackPatch['network'] {
  const { network } = settings;
  return {
    ...network,
    latency: latencyOf(network.latency, prng),
    lossPermille: prng.chance(300) ? Math.max(network.lossPermille, prng.below(60)) : network.lossPermille,
    duplicatePermille: prng.chance(300)
      ? Math.max(network.duplicatePermille, prng.below(60))
      : network.duplicatePermille,
    clockDriftPpm: prng.chance(500)
      ? Math.max(network.clockDriftPpm, prng.below(500))
      : network.clockDriftPpm,
    diskUs: prng.chance(500)
      ? Math.max(network.diskUs, prng.below(meanUs(network.latency) + 1))
      : network.diskUs,
  };
}

function latencyOf(latency: Latency, prng: Prng): Latency {
  const us = meanUs(latency);
  switch (prng.below(3)) {
    case 0:
      return latency;
    case 1:
      return { kind: 'uniform', minUs: Math.floor(us / 10), maxUs: 2 * us };
    default:
      return { kind: 'exponential', minUs: Math.floor(us / 10), meanUs: us };
  }
}
