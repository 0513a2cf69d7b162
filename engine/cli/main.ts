import { argv, exit, stderr, stdout } from 'node:process';
import { answer } from './commandLine.ts';
import { EXIT, Failure } from './failure.ts';
import { createNodeEngine } from './nodeEngine.ts';
import type { Stage } from './verb.ts';

/** The command line: `npm run -s switchyard -- <verb> …`. All that is printed is printed here. */
const ERASE_LINE = '\r\x1b[2K';

const interrupted: (() => void)[] = [];
const stage: Stage = {
  createEngine: createNodeEngine,
  progress: (line) => {
    if (stderr.isTTY) stderr.write(`${ERASE_LINE}${line}`);
  },
  milestone: (line) => {
    if (stderr.isTTY) stage.progress(line);
    else stderr.write(`${line}\n`);
  },
  onInterrupt: (stop) => {
    interrupted.push(stop);
  },
};

/** Ends the program: one line that says why, never a stack. */
function fail(thrown: unknown): void {
  stop();
  const known = thrown instanceof Failure;
  const message = (thrown instanceof Error ? thrown.message : String(thrown)).replaceAll(/\s+/g, ' ');
  const exitCode = known ? thrown.exitCode : EXIT.checkFailed;
  stderr.write(`${known ? message : `Switchyard failed: ${message}`}\n`, () => exit(exitCode));
}

/** Threads and other programs must not stay behind, nor a line of progress. */
function stop(): void {
  for (const each of interrupted) each();
  stage.progress('');
}

stdout.on('error', (error: { readonly code?: string }) => {
  // A reader that has seen enough (`| head`) is no error.
  if (error.code === 'EPIPE') exit();
  fail(new Failure(`The answer could not be written (${error.code}).`, EXIT.checkFailed));
});
// Where nobody hears how far it is, it goes on all the same.
stderr.on('error', () => {});
process.on('uncaughtException', fail);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stop();
    exit(signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated);
  });
}

try {
  const { lines, exitCode } = await answer(argv.slice(2), stage);
  stage.progress('');
  // Before anything is printed: whoever reads on no further ends it with this code.
  process.exitCode = exitCode;
  stdout.write(`${lines.join('\n')}\n`);
} catch (thrown) {
  fail(thrown);
}
