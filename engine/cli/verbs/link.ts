import type { EngineApi, Progress, Scenario, Verification } from '../../api/index.ts';
import { expectedDigests } from '../../scenarios/checkpoints.ts';
import { encodeLink } from '../../scenarios/link.ts';
import { Failure, answered } from '../failure.ts';
import { fileFlag, fileOf } from '../importedFile.ts';
import { withEngine } from '../nodeEngine.ts';
import { scenarioFrom } from '../readInput.ts';
import { figure, pairs } from '../report.ts';
import { defineVerb, type Stage } from '../verb.ts';

/** Letters of a link that may be sent anywhere. */
const USUAL_LENGTH = 2_000;

export const linkEncode = defineVerb({
  name: 'link encode',
  about: 'Make the link of a scenario file.',
  operands: ['scenario file'],
  flags: {
    base: {
      kind: 'text',
      placeholder: 'ADDRESS',
      about: 'Put the address of a page before it. Without it, the fragment alone: it opens on any host.',
    },
    ...fileFlag,
  },
  notes: [
    'The file is given as a path, as an id that “scenarios” lists, or as - for stdin. What it says is kept. When it does not',
    'say what executing it gives, it is executed and that is added, and `expected` is “added” instead of “kept”; “none”',
    'where that cannot be known here, because the scenario was recorded under other rules.',
    '',
    '--json: {link, length, expected}',
  ],
  run: async ({ base = '', file: blockPath }, [file], stage) => {
    const before = addressOf(base);
    const { scenario, expected } = await withEngine(stage, async (engine) => {
      const read = await scenarioFrom(engine, file!);
      return withExpected(engine, read, blockPath, stage);
    });
    const link = before + answered(await encodeLink(JSON.stringify(scenario)));
    const { length } = link;
    const long = length > USUAL_LENGTH ? ` (some services cut addresses beyond ${figure(USUAL_LENGTH)})` : '';
    const said = {
      kept: 'as the file says',
      added: 'executed now, and added to the link',
      none: 'nothing: it could not be found out here',
    }[expected];
    return {
      json: { link, length, expected },
      report: [
        link,
        '',
        ...pairs([
          ['length', figure(length) + long],
          ['expects', said],
        ]),
      ],
      passed: true,
    };
  },
});

export const linkVerify = defineVerb({
  name: 'link verify',
  about: 'Execute a link again and hold it against what it expects.',
  operands: ['link'],
  flags: fileFlag,
  notes: [
    'The link stands in quotes; or name a file with the link or the scenario in it, an id that “scenarios” lists, or - for stdin.',
    '',
    '--json: {verdict, expectedDigest, actualDigest, differsBetween, reason, blocks, transactions, durationMs}',
    'verdict: “verified”; “differs” (exit code 1; differsBetween names two heights, everything was as expected up to the first',
    'and no longer at the second); “not_comparable” (exit code 0; reason: older_rules, newer_rules or nothing_expected).',
    'A link that cannot be read: exit code 2.',
  ],
  run: async (flags, [named], stage) => {
    const verification = await withEngine(stage, async (engine) => {
      const scenario = await scenarioFrom(engine, named!);
      return verify(engine, scenario, fileOf(scenario, flags.file), stage);
    });
    const { verdict, expectedDigest, actualDigest, differsBetween, reason, blocks, transactions } =
      verification;
    const between = differsBetween === null ? '' : ` between block ${differsBetween.join(' and block ')}`;
    const why = reason === undefined ? '' : ` (${reason.replaceAll('_', ' ')})`;
    return {
      json: {
        verdict,
        expectedDigest,
        actualDigest,
        differsBetween,
        reason: reason ?? null,
        blocks,
        transactions,
        durationMs: verification.durationMs,
      },
      report: pairs([
        [
          'verdict',
          `${{ verified: 'verified ✓', differs: 'DIFFERS ✗', not_comparable: 'not comparable' }[verdict]}${between}${why}`,
        ],
        ['expected digest', expectedDigest ?? 'none'],
        ['actual digest', actualDigest],
        [
          'executed',
          `${figure(blocks)} blocks, ${figure(transactions)} transactions, ${figure(verification.durationMs)} ms`,
        ],
      ]),
      passed: verdict !== 'differs',
    };
  },
});

async function verify(
  engine: EngineApi,
  scenario: Scenario,
  file: Uint8Array | undefined,
  stage: Stage,
): Promise<Verification> {
  const tell = ({ done, total }: Progress): void => stage.progress(`block ${done} of ${total}`);
  const opened = await engine.openScenario(scenario, tell, file);
  return answered(opened).verification;
}

/** A scenario that expects something, where that can be known. */
async function withExpected(
  engine: EngineApi,
  scenario: Scenario,
  blockPath: string | undefined,
  stage: Stage,
): Promise<{ readonly scenario: Scenario; readonly expected: 'kept' | 'added' | 'none' }> {
  if (scenario.expected !== undefined) return { scenario, expected: 'kept' };
  const { semanticsVersion } = await engine.describe();
  if (scenario.semantics !== semanticsVersion) return { scenario, expected: 'none' };
  await verify(engine, scenario, fileOf(scenario, blockPath), stage);
  const { blocks } = await engine.history();
  const ascending = [...blocks].sort((a, b) => a.height - b.height);
  const expected = expectedDigests(ascending.map(({ digest }) => digest));
  return { scenario: { ...scenario, expected }, expected: 'added' };
}

function addressOf(base: string): string {
  if (base === '') return '';
  const isPage = /^https?:\/\/[^\s#]+$/i.test(base);
  if (!isPage) throw new Failure('--base must be the address of a page, https://… without a #.');
  return base;
}
