import type { EngineHost } from '../runtime/engineHost.ts';

/** What a flag takes. A switch takes nothing. */
export type FlagKind =
  | { readonly kind: 'switch' }
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  /** A decimal fraction: 0.25. */
  | { readonly kind: 'share'; readonly min: number; readonly max: number }
  | { readonly kind: 'wholes'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  | { readonly kind: 'text'; readonly placeholder: string };

export type Flag = FlagKind & {
  /** For --help: what it does, and what holds without it. */
  readonly about: string;
  readonly required?: true;
  /** A text that may be given several times: what is given then stands behind each other, separated by commas. */
  readonly repeats?: true;
  /** Flags that may not stand beside it. */
  readonly excludes?: readonly string[];
  /** What to do when its value is missing, where that is easily missed. */
  readonly hint?: string;
};
export type Flags = { readonly [name: string]: Flag };

type ValueOf<F extends Flag> = F extends { readonly kind: 'switch' }
  ? boolean
  : F extends { readonly kind: 'whole' | 'share' }
    ? number
    : F extends { readonly kind: 'wholes' }
      ? readonly number[]
      : F extends { readonly kind: 'choice'; readonly choices: readonly (infer C)[] }
        ? C
        : string;

/** Values of a verb's flags by name; a switch is always there, a required flag too. */
export type Values<F extends Flags> = {
  readonly [N in keyof F]: F[N] extends { readonly kind: 'switch' } | { readonly required: true }
    ? ValueOf<F[N]>
    : ValueOf<F[N]> | undefined;
};

/** What a verb found out. */
export interface Outcome {
  /** What `--json` prints. */
  readonly json: unknown;
  /** The same for people, as lines. */
  readonly report: readonly string[];
  /** False when a check failed: exit code 1. */
  readonly passed: boolean;
  /** Where there is more to tell than that (2: what was given is nothing that can be checked). */
  readonly exitCode?: number;
}

/** What a verb is given: an engine, somewhere to tell how far it is, and to hear that it should end. */
export interface Stage {
  /**
   * An engine of its own; whoever asked disposes of it. `measuringUs`: how long a block on real threads may be run
   * again, to find the run least disturbed.
   */
  createEngine(measuringUs?: number): EngineHost;
  /** One line that replaces the one before; shown where a person looks on, never on stdout. */
  progress(line: string): void;
  /**
   * The same for parts of something that takes minutes: where nobody looks on, each is a line of its own on stderr,
   * so that a log shows that it goes on.
   */
  milestone(line: string): void;
  /** Called when the person ends it; threads and other processes must not stay behind. */
  onInterrupt(stop: () => void): void;
}

export interface VerbDescription<F extends Flags> {
  /** One word, or two for a verb with parts: `link encode`. */
  readonly name: string;
  readonly about: string;
  /** Names of the operands, all of them required. */
  readonly operands: readonly string[];
  readonly flags: F;
  /** Definitions and examples, for --help. */
  readonly notes: readonly string[];
  run(flags: Values<F>, operands: readonly string[], stage: Stage): Promise<Outcome>;
}

/** A verb among others. */
export type Verb = Omit<VerbDescription<Flags>, 'run'> & {
  run(flags: Readonly<Record<string, unknown>>, operands: readonly string[], stage: Stage): Promise<Outcome>;
};

/** Describes a verb once: parsing, --help and what is said of wrong flags come from it. */
export function defineVerb<const F extends Flags>(description: VerbDescription<F>): Verb {
  const { run } = description;
  // The reader of flags makes exactly these values from this description.
  return { ...description, run: (flags, operands, stage) => run(flags as Values<F>, operands, stage) };
}
