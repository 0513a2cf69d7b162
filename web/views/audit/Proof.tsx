import { type ReactNode, useRef, useState } from 'react';
import type { KeyProof, ProofCheck } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Icon } from '../../components/Icon.tsx';
import { formatBytes, formatCount, formatUs } from '../../lib/format.ts';
import { auditText as text } from '../../lib/messages/audit.ts';
import { format } from '../../lib/messages.ts';
import { getEngine } from '../../store/engine.ts';
import { shortHash } from './digits.ts';
import { ladderOf } from './rungs.ts';
import { Ladder } from './Ladder.tsx';
import {
  byteAt,
  bytesOf,
  flipped,
  levelOf,
  nextPlace,
  type ProofByte,
  partsOf,
  siblingByte,
} from './proofBytes.ts';
import { useAsked } from './useAsked.ts';

export interface ProofProps {
  readonly proven: KeyProof;
  /** Of the block whose root it leads to. */
  readonly height: number;
}

/** A key's proof: checked, drawn from the entry to the root, and to be spoiled byte by byte. */
export function Proof({ proven, height }: ProofProps): ReactNode {
  const { proof, blockRoot, present } = proven;
  const parts = partsOf(proof);
  const count = bytesOf(parts);
  const [spoiled, setSpoiled] = useState<ProofByte | null>(null);
  const turn = useRef(0);
  const given = JSON.stringify(proof);
  const now = spoiled === null ? given : JSON.stringify(flipped(proof, spoiled));
  const whole = useAsked(given, (engine) => engine.checkProof(given, blockRoot));
  const checked = useAsked(now, (engine) => engine.checkProof(now, blockRoot));
  const check = checked.value;
  const wholeTrail = whole.value?.trail ?? null;
  return (
    <div className="flex flex-col gap-3" data-verdict={checked.fresh ? check?.verdict : undefined}>
      <div role="status" className="min-h-10 text-sm">
        {check !== null && <Said {...{ check, proven, height }} />}
        {spoiled !== null && (
          <p className="text-xs text-ink-2">
            {format(text.flippedAt, { byte: spoiled.byte + 1, part: partWords(spoiled) })}
          </p>
        )}
      </div>
      {wholeTrail !== null && check !== null && (
        <Ladder
          ladder={ladderOf(check.trail ?? wholeTrail, wholeTrail)}
          verdict={check.verdict}
          {...{ blockRoot, present }}
          onFlip={(level) => setSpoiled(siblingByte(parts, level) ?? null)}
        />
      )}
      <div className="flex flex-wrap gap-2">
        <Button
          icon="split"
          onClick={() => {
            const byte = byteAt(parts, nextPlace(count, turn.current));
            turn.current += 1;
            setSpoiled(byte ?? null);
          }}
        >
          {text.flip}
        </Button>
        {spoiled !== null && (
          <Button icon="replay" onClick={() => setSpoiled(null)}>
            {text.mend}
          </Button>
        )}
        <Every proof={proof} blockRoot={blockRoot} />
        <CopyButton text={() => given}>{text.copyProof}</CopyButton>
      </div>
      <p className="text-xs text-ink-3">
        {format(text.cost, {
          size: formatBytes(proven.sizeBytes),
          levels: wholeTrail?.levels.length ?? 0,
          prove: formatUs(proven.proveUs),
          verify: formatUs(Math.min(proven.verifyUs, check?.verifyUs ?? proven.verifyUs)),
        })}
      </p>
    </div>
  );
}

function Said({
  check: { verdict, trail },
  proven: { present, blockRoot, stateRoot },
  height,
}: {
  readonly check: ProofCheck;
  readonly proven: KeyProof;
  readonly height: number;
}): ReactNode {
  const valid = verdict === 'valid';
  const about = valid
    ? format(present ? text.validAbout : text.validAbsent, { height, root: shortHash(blockRoot) })
    : trail === null
      ? text.malformedAbout
      : trail.root === stateRoot
        ? text.invalidPart
        : format(text.invalidRoot, { reached: shortHash(trail.root), root: shortHash(stateRoot) });
  return (
    <p className="text-pretty">
      <span
        className={`mr-1.5 inline-flex items-center gap-1 font-semibold ${valid ? 'text-ok' : 'text-bad'}`}
      >
        <Icon name={valid ? 'check' : 'cross'} size={14} />
        {text[verdict]}
      </span>
      <span className="text-ink-2">{about}</span>
    </p>
  );
}

/** Flips every byte, one at a time, and counts how many of the spoiled proofs the verifier refuses. */
function Every({ proof, blockRoot }: { readonly proof: unknown; readonly blockRoot: string }): ReactNode {
  const [count, setCount] = useState<{
    readonly done: number;
    readonly caught: number;
    readonly running: boolean;
  } | null>(null);
  const wanted = useRef(false);
  const parts = partsOf(proof);
  const total = bytesOf(parts);
  const run = async (): Promise<void> => {
    wanted.current = true;
    let caught = 0;
    for (let done = 0; done < total && wanted.current; done++) {
      const byte = byteAt(parts, done);
      const answer = byte && (await getEngine()?.checkProof(JSON.stringify(flipped(proof, byte)), blockRoot));
      if (answer?.ok !== true) break;
      if (answer.value.verdict !== 'valid') caught++;
      setCount({ done: done + 1, caught, running: true });
    }
    setCount((last) => last && { ...last, running: false });
  };
  const running = count?.running === true;
  return (
    <>
      <Button
        onClick={() => {
          if (running) wanted.current = false;
          else void run();
        }}
      >
        {running ? text.stop : text.flipEvery}
      </Button>
      {count !== null && (
        <div className="order-last flex w-full flex-col gap-1">
          <progress className="progress" aria-label={text.flipEvery} value={count.done} max={total} />
          <p role="status" className="text-xs text-ink-2" data-caught={running ? undefined : count.caught}>
            {running
              ? format(text.catching, { done: formatCount(count.done), total: formatCount(total) })
              : format(text.caught, { caught: formatCount(count.caught), total: formatCount(count.done) })}
          </p>
        </div>
      )}
    </>
  );
}

function partWords({ part }: ProofByte): string {
  const level = levelOf(part);
  if (level !== undefined) return format(text.parts.sibling, { level: level + 1 });
  const [field, inner, lane] = part.path;
  if (field === 'block') {
    if (inner === 'lanes') return format(text.parts.lane, { lane: Number(lane) });
    return inner === 'before' ? text.parts.before : text.parts.blockRoot;
  }
  if (field === 'key' || field === 'value' || field === 'root' || field === 'check' || field === 'other') {
    return text.parts[field];
  }
  return text.parts.more;
}
