import { useId } from 'react';
import type { BenchmarkDescription, BenchmarkRequest } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { Segmented } from '../../components/Segmented.tsx';
import { formatCount } from '../../lib/format.ts';
import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { format } from '../../lib/messages.ts';
import { countsText } from './figures.ts';
import {
  cellsOf,
  estimateUs,
  fullGrid,
  GRID_FIELDS,
  type GridField,
  type GridReading,
  type GridText,
  gridText,
  type Preset,
  quickGrid,
  readGrid,
  roughTime,
} from './grid.ts';

/** What the person would measure; what was typed is null until something was. */
export interface Wish {
  readonly preset: Preset;
  readonly typed: GridText | null;
}

/** What to measure, how long that takes, and the start. */
export function Setup({
  description,
  again,
  wish,
  onWish,
  onStart,
}: {
  readonly description: BenchmarkDescription;
  readonly again: boolean;
  readonly wish: Wish;
  onWish(wish: Wish): void;
  onStart(request: BenchmarkRequest<'scaling'>): void;
}) {
  const { preset } = wish;
  const planId = useId();
  const typed = wish.typed ?? gridText(quickGrid(description));
  const reading: GridReading =
    preset === 'custom'
      ? readGrid(typed, description)
      : { ok: true, request: preset === 'quick' ? quickGrid(description) : fullGrid(description) };
  return (
    <form
      aria-label={text.grid}
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (reading.ok) onStart(reading.request);
      }}
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="w-60 max-w-full">
          <Segmented<Preset>
            label={text.grid}
            value={preset}
            options={(['quick', 'full', 'custom'] as const).map((value) => ({
              value,
              label: text.presets[value],
            }))}
            onChange={(value) => onWish({ ...wish, preset: value })}
          />
        </div>
        <Button
          data-main
          type="submit"
          look="accent"
          icon="play"
          disabled={!reading.ok}
          className="min-h-8 px-4"
        >
          {again ? text.again : text.start}
        </Button>
        <p id={planId} role="status" className="text-sm text-ink-2" data-testid="benchmark-plan">
          {reading.ok ? plan(reading.request) : <span className="text-bad">{reading.message}</span>}
        </p>
      </div>
      {preset === 'custom' && (
        <Fields
          typed={typed}
          onType={(next) => onWish({ preset, typed: next })}
          wrong={reading.ok ? null : reading.field}
          why={planId}
        />
      )}
      <p className="text-xs text-ink-3">{text.startHint}</p>
    </form>
  );
}

function plan(request: BenchmarkRequest<'scaling'>): string {
  const rows = cellsOf(request).length;
  return format(rows === 1 ? text.planOne : text.plan, {
    rows,
    transactions: formatCount(request.transactions),
    cores: countsText(request.workers),
    runs: request.runs,
    time: roughTime(estimateUs(request)),
  });
}

function Fields({
  typed,
  onType,
  why,
  wrong,
}: {
  readonly typed: GridText;
  onType(typed: GridText): void;
  readonly wrong: GridField | null;
  /** Id of what says why. */
  readonly why: string;
}) {
  const id = useId();
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-3 sm:grid-cols-3 lg:grid-cols-5">
      {GRID_FIELDS.map((field) => (
        <div key={field} className="flex min-w-0 flex-col gap-1">
          <label htmlFor={`${id}${field}`} className="text-xs text-ink-2">
            {text.fields[field]}
          </label>
          <input
            id={`${id}${field}`}
            value={typed[field]}
            inputMode="numeric"
            autoComplete="off"
            aria-invalid={wrong === field}
            aria-describedby={wrong === field ? `${id}${field}hint ${why}` : `${id}${field}hint`}
            onChange={(event) => onType({ ...typed, [field]: event.target.value })}
            className="min-h-8 w-full rounded-2 border border-line bg-surface-0 px-2 text-sm aria-invalid:border-bad"
          />
          <span id={`${id}${field}hint`} className="text-xs text-ink-3">
            {text.fieldHints[field]}
          </span>
        </div>
      ))}
    </div>
  );
}
