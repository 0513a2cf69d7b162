import { create } from 'zustand';
import type { ApiError, BenchmarkDescription, BenchmarkRequest, ScalingRow } from '../../engine/api/index.ts';
import { type BenchmarkClient, createBenchmarkClient } from '../engineClient/benchmarkClient.ts';
import { usePlayback } from './playback.ts';

export type ScalingRequest = BenchmarkRequest<'scaling'>;

export interface BenchmarkState {
  /** `starting`: the worker says what the machine is. `failed`: it could not. */
  readonly phase: 'starting' | 'ready' | 'measuring' | 'failed';
  readonly description: BenchmarkDescription | null;
  /** Why the worker or the last measurement failed; a cancelled one did not fail. */
  readonly error: ApiError | null;
  /** What the rows answer. */
  readonly request: ScalingRequest | null;
  /** In the order in which they were measured. They outlive the view. */
  readonly rows: readonly ScalingRow[];
  readonly total: number;
  readonly cancelled: boolean;
  /** The page was hidden while it measured. */
  readonly disturbed: boolean;
  /** From the start to the last row, ms. */
  readonly elapsedMs: number;
}

export const useBenchmark = create<BenchmarkState>(() => ({
  phase: 'starting',
  description: null,
  error: null,
  request: null,
  rows: [],
  total: 0,
  cancelled: false,
  disturbed: false,
  elapsedMs: 0,
}));

let client: BenchmarkClient | null = null;
/** Settles once that client has said what the machine is; null when it could not, or was closed meanwhile. */
let ready: Promise<BenchmarkClient | null> = Promise.resolve(null);
let playedBefore = false;

/** What the view does; one measurement at a time. */
export const benchmark = {
  /** Pauses the stage and starts the worker, which says what the machine is. */
  async open(): Promise<void> {
    const playback = usePlayback.getState();
    playedBefore ||= playback.playing;
    playback.pause();
    await connect();
  },

  /** Ends the worker with what it measures; the stage goes on if it played. */
  close(): void {
    const ended = client;
    client = null;
    ended?.dispose();
    const measured = useBenchmark.getState().phase === 'measuring';
    useBenchmark.setState({ phase: 'starting', ...(measured ? { cancelled: true } : {}) });
    if (playedBefore) usePlayback.getState().play();
    playedBefore = false;
  },

  async start(request: ScalingRequest): Promise<void> {
    const measuring = await connect();
    if (measuring === null || useBenchmark.getState().phase !== 'ready') return;
    usePlayback.getState().pause();
    const total = request.accounts.length * request.workUs.length * request.workers.length;
    useBenchmark.setState({
      phase: 'measuring',
      error: null,
      request,
      rows: [],
      total,
      cancelled: false,
      disturbed: document.hidden,
      elapsedMs: 0,
    });
    const began = performance.now();
    const onHidden = (): void => {
      if (document.hidden) useBenchmark.setState({ disturbed: true });
    };
    document.addEventListener('visibilitychange', onHidden);
    const answer = await measuring.run(request, (row) => {
      if (client !== measuring) return;
      useBenchmark.setState(({ rows }) => ({
        rows: [...rows, row],
        elapsedMs: performance.now() - began,
      }));
    });
    document.removeEventListener('visibilitychange', onHidden);
    if (client !== measuring) return;
    const cancelled = !answer.ok && answer.error.code === 'benchmark/cancelled';
    const error = answer.ok || cancelled ? null : answer.error;
    const crashed = error?.code === 'benchmark/crashed';
    if (crashed) {
      client = null;
      measuring.dispose();
    }
    useBenchmark.setState({ phase: crashed ? 'failed' : 'ready', cancelled, error });
  },

  /** Ends the measurement; its rows stay. */
  cancel(): void {
    client?.cancel();
  },
} as const;

function connect(): Promise<BenchmarkClient | null> {
  if (client === null) {
    client = createBenchmarkClient();
    ready = describe(client);
  }
  return ready;
}

async function describe(started: BenchmarkClient): Promise<BenchmarkClient | null> {
  useBenchmark.setState({ phase: 'starting', error: null });
  const description = await started.describe();
  // Closed meanwhile.
  if (client !== started) return null;
  if (description.ok) {
    useBenchmark.setState({ phase: 'ready', description: description.value });
    return started;
  }
  client = null;
  started.dispose();
  useBenchmark.setState({ phase: 'failed', error: description.error });
  return null;
}
