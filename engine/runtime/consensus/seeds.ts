import { asciiBytes, toHex } from '../../base/bytes.ts';
import { sha256 } from '../../base/hash.ts';
import { ok, type Result } from '../../base/result.ts';
import type { ConsensusSettings, Evidence } from '../../types/consensus.ts';
import type { Ending } from '../../consensus/simulator/simulation.ts';
import {
  prepareSimulation,
  runSimulation,
  type SimulationOrder,
  type SimulationReport,
} from './simulating.ts';

/** Of so many runs in which something broke, all that is needed to see it again is kept. */
const MOST_FAILURES = 10;
/** Pieces of evidence that are kept over all seeds. */
const MOST_EVIDENCE = 1000;
const MOST_LATENCIES = 20_000_000;

/** A run in which honest nodes disagreed or another rule was broken. Its settings, run as they are, show it again. */
export interface SeedFailure {
  readonly seed: number;
  readonly messages: readonly string[];
  readonly settings: ConsensusSettings;
}

/** Several seeds together. */
export interface SeedsReport {
  readonly seeds: number;
  readonly decided: number;
  readonly agreementViolations: number;
  /** Of all checkers. */
  readonly violations: number;
  /** Seeds in which safety broke though the protocol promises it. */
  readonly brokenSeeds: number;
  /** Seeds that did not decide all heights, and some of them. */
  readonly livenessStalls: number;
  readonly stalledSeeds: readonly number[];
  readonly messages: number;
  readonly bytes: number;
  readonly events: number;
  readonly latenciesUs: readonly number[];
  readonly evidence: readonly (Evidence & { readonly seed: number })[];
  readonly failures: readonly SeedFailure[];
  /** In the order of the seeds. */
  readonly traceHashes: readonly string[];
  /** How the runs ended, and how many of them. */
  readonly endings: Readonly<Partial<Record<Ending, number>>>;
}

/** Runs seeds that follow each other. Fails as the order does. */
export function runSeeds(order: SimulationOrder, from: number, count: number): Result<SeedsReport> {
  const sum = new SeedsSum();
  for (let seed = from; seed < from + count; seed++) {
    const prepared = prepareSimulation({ ...order, settings: { ...order.settings, seed } });
    if (!prepared.ok) return prepared;
    sum.add(runSimulation(prepared.value), prepared.value.settings);
  }
  return ok(sum.report());
}

/** Parts in the order of their seeds, as if they had been run together. */
export function joinSeeds(parts: readonly SeedsReport[]): SeedsReport {
  const total = (of: (part: SeedsReport) => number): number => parts.reduce((sum, part) => sum + of(part), 0);
  const latenciesUs: number[] = [];
  for (const part of parts) {
    for (const us of part.latenciesUs) if (latenciesUs.length < MOST_LATENCIES) latenciesUs.push(us);
  }
  return {
    seeds: total(({ seeds }) => seeds),
    decided: total(({ decided }) => decided),
    agreementViolations: total(({ agreementViolations }) => agreementViolations),
    violations: total(({ violations }) => violations),
    brokenSeeds: total(({ brokenSeeds }) => brokenSeeds),
    livenessStalls: total(({ livenessStalls }) => livenessStalls),
    stalledSeeds: parts.flatMap(({ stalledSeeds }) => stalledSeeds).slice(0, MOST_FAILURES),
    messages: total(({ messages }) => messages),
    bytes: total(({ bytes }) => bytes),
    events: total(({ events }) => events),
    latenciesUs,
    evidence: parts.flatMap(({ evidence }) => evidence).slice(0, MOST_EVIDENCE),
    failures: parts.flatMap(({ failures }) => failures).slice(0, MOST_FAILURES),
    traceHashes: parts.flatMap(({ traceHashes }) => traceHashes),
    endings: counted(parts.flatMap(({ endings }) => Object.entries(endings) as [Ending, number][])),
  };
}

class SeedsSum {
  private readonly reports: SimulationReport[] = [];
  private readonly failures: SeedFailure[] = [];

  add(report: SimulationReport, settings: ConsensusSettings): void {
    this.reports.push(report);
    const { seed, violations } = report;
    if (violations.length === 0 || this.failures.length >= MOST_FAILURES) return;
    const messages = violations
      .slice(0, MOST_FAILURES)
      .map(({ checker, message }) => `${checker}: ${message}`);
    this.failures.push({ seed, messages, settings });
  }

  report(): SeedsReport {
    const { reports, failures } = this;
    const total = (of: (report: SimulationReport) => number): number =>
      reports.reduce((sum, report) => sum + of(report), 0);
    return {
      seeds: reports.length,
      decided: total(({ decided }) => decided),
      agreementViolations: total(({ agreementViolations }) => agreementViolations),
      violations: total(({ violations }) => violations.length),
      brokenSeeds: total(({ isBroken }) => (isBroken ? 1 : 0)),
      livenessStalls: total(({ livenessStalls }) => livenessStalls),
      stalledSeeds: reports.flatMap(({ livenessStalls, seed }) => (livenessStalls > 0 ? [seed] : [])),
      messages: total(({ messages }) => messages),
      bytes: total(({ bytes }) => bytes),
      events: total(({ events }) => events),
      latenciesUs: reports.flatMap(({ latenciesUs }) => latenciesUs),
      evidence: reports
        .flatMap(({ seed, evidence }) => evidence.map((piece) => ({ seed, ...piece })))
        .slice(0, MOST_EVIDENCE),
      failures,
      traceHashes: reports.map(({ traceHash }) => traceHash),
      endings: counted(reports.map(({ endedBy }) => [endedBy, 1])),
    };
  }
}

/** One hash for all of a report's runs: of a single one its own. */
export function traceHashOf({ traceHashes }: SeedsReport): string {
  return traceHashes.length === 1 ? traceHashes[0]! : toHex(sha256(asciiBytes(traceHashes.join(' '))));
}

function counted(endings: readonly (readonly [Ending, number])[]): SeedsReport['endings'] {
  const counts: Partial<Record<Ending, number>> = {};
  for (const [ending, count] of endings) counts[ending] = (counts[ending] ?? 0) + count;
  return counts;
}
