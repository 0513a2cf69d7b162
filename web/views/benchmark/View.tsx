import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { BenchmarkDescription, BenchmarkRequest, ScalingRow } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { formatCount, formatFactor } from '../../lib/format.ts';
import { benchmarkMessages as text } from '../../lib/messages/benchmark.ts';
import { format } from '../../lib/messages.ts';
import { saveFile } from '../../lib/saveFile.ts';
import { benchmark, useBenchmark } from '../../store/benchmark.ts';
import { useWorkbench } from '../../store/workbench.ts';
import { Card, EmptyCard } from './Card.tsx';
import { cardPicture } from './cardPicture.ts';
import { rowsToCsv } from './csv.ts';
import {
  cardRow,
  cardSentence,
  cardTexts,
  coresText,
  isUneasy,
  shortUs,
  workersText,
  worstRow,
} from './figures.ts';
import { HeatTable } from './HeatTable.tsx';
import { Measuring } from './Measuring.tsx';
import { NoThreads } from './NoThreads.tsx';
import { RowTable } from './RowTable.tsx';
import { Setup, type Wish } from './Setup.tsx';
import { SpeedChart, Swatch } from './SpeedChart.tsx';
import './benchmark.css';

/** The whole page for measuring this machine; the stage behind it stands still. */
export function Benchmark(): ReactNode {
  const open = useWorkbench((state) => state.open === 'benchmark');
  if (!open) return null;
  return (
    <Dialog title={text.title} closeLabel={text.close} full onClose={() => useWorkbench.getState().close()}>
      <Body />
    </Dialog>
  );
}

function Body(): ReactNode {
  const { phase, description, error, rows, request } = useBenchmark();
  useEffect(() => {
    void benchmark.open();
    return () => benchmark.close();
  }, []);
  const controls = useRef<HTMLElement>(null);
  const [wish, setWish] = useState<Wish>({ preset: 'quick', typed: null });
  // The button that had the focus goes with its phase: the next one takes it.
  useEffect(() => {
    if (document.activeElement === document.body)
      controls.current?.querySelector<HTMLElement>('[data-main]')?.focus();
  }, [phase]);
  if (description !== null && !description.machine.sharedMemory) return <NoThreads />;
  return (
    <div className="mx-auto flex w-full max-w-[78rem] flex-col gap-6 px-5 py-6">
      <header className="flex flex-wrap items-end justify-between gap-x-8 gap-y-2">
        <div className="max-w-[46rem]">
          <h3 className="text-lg font-semibold">{text.lead}</h3>
          <p className="mt-1 text-sm text-ink-2">{text.about}</p>
        </div>
        <p className="text-xs text-ink-3" data-testid="benchmark-machine">
          {description === null ? text.machineStarting : machineText(description)}
        </p>
      </header>
      <section
        ref={controls}
        aria-label={text.grid}
        className="min-h-24 rounded-3 border border-line bg-surface-2 p-4"
      >
        {phase === 'measuring' ? (
          <Measuring />
        ) : (
          description !== null && (
            <Setup
              description={description}
              again={rows.length > 0}
              wish={wish}
              onWish={setWish}
              onStart={(wanted) => void benchmark.start(wanted)}
            />
          )
        )}
        {phase === 'failed' && description === null && (
          <Button icon="replay" onClick={() => void benchmark.open()}>
            {text.tryAgain}
          </Button>
        )}
      </section>
      {error !== null && (
        <div role="alert" className="rounded-2 border border-bad bg-bad/12 px-4 py-3 text-sm">
          <strong className="font-semibold">{text.failed}</strong>
          <p>
            {error.message} <span className="font-mono text-xs text-ink-2">{error.code}</span>
          </p>
        </div>
      )}
      <Announcer />
      {description !== null && request !== null && rows.length > 0 ? (
        <Results description={description} request={request} rows={rows} />
      ) : (
        <Empty measuring={phase === 'measuring'} />
      )}
    </div>
  );
}

function machineText({ machine, clockResolutionUs }: BenchmarkDescription): string {
  return format(text.machine, {
    cores: coresText(machine.cores),
    resolution: shortUs(clockResolutionUs),
    rounds: formatCount(machine.roundsPerUs),
  });
}

function Results({
  description,
  request,
  rows,
}: {
  readonly description: BenchmarkDescription;
  readonly request: BenchmarkRequest<'scaling'>;
  readonly rows: readonly ScalingRow[];
}): ReactNode {
  const { phase, cancelled, disturbed, total } = useBenchmark();
  const [chosenWork, setChosenWork] = useState<number | null>(null);
  const measuring = phase === 'measuring';
  const card = cardRow(rows, request, !measuring);
  const worst = card === null ? null : worstRow(rows, card);
  const texts = card === null ? null : cardTexts(card, worst, request, description);
  const works = new Set(rows.map((row) => row.workUs));
  const workUs = chosenWork !== null && works.has(chosenWork) ? chosenWork : (card ?? rows[0]!).workUs;
  const differing = rows.filter((row) => !row.matchesSequential).length;
  const asked = Math.max(...request.workers);
  const reached = rows.some((row) => row.workers === asked);
  const workers = measuring || reached ? asked : Math.max(...rows.map((row) => row.workers));
  const notes = [
    ...(cancelled ? [format(text.cancelledNote, { done: rows.length, total })] : []),
    ...(disturbed ? [text.disturbed] : []),
    ...(!measuring && card !== null && isUneasy(card) ? [text.busy] : []),
  ];
  return (
    <>
      {differing > 0 && (
        <div role="alert" className="rounded-2 border border-bad bg-bad/12 px-4 py-3 text-sm">
          <strong className="font-semibold">{text.differsTitle}</strong>
          <p>{format(text.differs, { count: differing })}</p>
        </div>
      )}
      {notes.map((note) => (
        <p key={note} className="-my-2 text-sm text-warn">
          {note}
        </p>
      ))}
      <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,25rem)_minmax(0,1fr)]">
        <div className="flex flex-col gap-3">
          {texts === null ? <EmptyCard note={text.cardComing} /> : <Card texts={texts} />}
          {!measuring && (
            <div className="flex flex-wrap gap-2">
              {texts !== null && card !== null && (
                <>
                  <Button
                    icon="save"
                    onClick={async () => {
                      const picture = await cardPicture(texts, rows, workUs);
                      if (picture !== null) saveFile(picture, 'switchyard-benchmark.png');
                    }}
                  >
                    {text.savePng}
                  </Button>
                  <CopyButton text={() => cardSentence(card, worst, request, description)}>
                    {text.copyText}
                  </CopyButton>
                </>
              )}
              <Button
                icon="save"
                onClick={() =>
                  saveFile(
                    new Blob([rowsToCsv(rows, request, description)], { type: 'text/csv' }),
                    'switchyard-benchmark.csv',
                  )
                }
              >
                {text.saveCsv}
              </Button>
            </div>
          )}
        </div>
        <SpeedChart rows={rows} workUs={workUs} onWork={setChosenWork} />
      </div>
      <HeatTable
        rows={rows}
        workers={workers}
        title={format(text.heat, { cores: workersText(workers, description) })}
      />
      <RowTable rows={rows} />
    </>
  );
}

const DEFINITIONS = ['ideal', 'ceiling', 'allowed'] as const;

function Empty({ measuring }: { readonly measuring: boolean }): ReactNode {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,25rem)_minmax(0,1fr)]">
      <EmptyCard note={measuring ? text.cardComing : text.emptyCard} />
      {!measuring && (
        <section aria-labelledby="bm-empty" className="flex flex-col gap-3 pt-2">
          <h3 id="bm-empty" className="text-base font-semibold">
            {text.emptyTitle}
          </h3>
          <dl className="flex max-w-[40rem] flex-col gap-3 text-sm">
            {DEFINITIONS.map((name) => (
              <div key={name}>
                <dt className="flex items-center gap-2.5 font-semibold">
                  <Swatch name={name} />
                  {text.definitions[name][0]}
                </dt>
                <dd className="text-ink-2">{text.definitions[name][1]}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
    </div>
  );
}

/** For those who hear it: every tenth of the way, and how it ended. */
function Announcer(): ReactNode {
  const { phase, description, rows, total, request, cancelled } = useBenchmark();
  let words = '';
  if (phase === 'measuring') {
    const step = Math.max(1, Math.ceil(total / 10));
    const done = rows.length - (rows.length % step);
    if (done > 0) words = format(text.live, { done, total });
  } else if (request !== null && total > 0 && rows.length > 0) {
    const card = cardRow(rows, request, true);
    if (cancelled) words = format(text.liveCancelled, { done: rows.length, total });
    else if (card !== null)
      words = format(text.liveDone, {
        figure: format(text.cardFigure, {
          figure: formatFactor(card.speedup),
          cores: description === null ? coresText(card.workers) : workersText(card.workers, description),
        }),
      });
  }
  return (
    <p role="status" className="sr-only">
      {words}
    </p>
  );
}
