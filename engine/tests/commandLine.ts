import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const MAIN = fileURLToPath(new URL('../../.build/main.js', import.meta.url));

/** What a call of the command line answered. */
export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/** Calls the built command line as a shell would. */
export function switchyard(words: readonly string[], stdin = ''): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, [MAIN, ...words], { stdio: ['pipe', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr, durationMs: performance.now() - began }));
    // Who refuses its arguments may be gone before it was told anything.
    child.stdin.on('error', () => {});
    child.stdin.end(stdin);
  });
}

/** Calls that may run beside each other, two at a time. */
export async function eachOf<T>(
  items: readonly T[],
  wordsOf: (item: T) => readonly string[],
): Promise<(readonly [item: T, answer: Answer])[]> {
  const answers: (readonly [T, Answer])[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++;
      answers[at] = [items[at]!, await switchyard(wordsOf(items[at]!))];
    }
  };
  await Promise.all([lane(), lane()]);
  return answers;
}

/** The one JSON document that a call with `--json` printed. */
export function documentOf({ stdout, stderr }: Answer): Record<string, unknown> {
  if (stderr !== '') throw new Error(`on stderr: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}
