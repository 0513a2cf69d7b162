import { chainUpTo, heightFlags } from '../chainUpTo.ts';
import { answered } from '../failure.ts';
import { withEngine } from '../nodeEngine.ts';
import { figure, pairs, rounded, yesNo } from '../report.ts';
import { defineVerb } from '../verb.ts';

export const audit = defineVerb({
  name: 'audit',
  about: 'Audit one module alone: its invariants, its root made anew, its history.',
  operands: [],
  flags: {
    ...heightFlags,
    module: { kind: 'text', placeholder: 'MODULE', required: true, about: 'The module’s id, such as bank.' },
  },
  notes: [
    'Invariants are checked on the module’s own tables alone. The root is made anew from every entry of its lane, or from every write',
    'since genesis where it keeps a log. In a monolithic chain there is one lane, and root and history are everybody’s. Where an invariant',
    'is broken or the roots differ: exit code 1.',
    '',
    '--json: {scenario, height, module, storage, keys, sizeBytes, invariants: [{name, statement, holds, detail}], recordedRoot,',
    'recomputedRoot, rootMatches, recomputeMs, history: {blocks, transactions, failed}}',
  ],
  run: async (flags, _operands, stage) => {
    const { at, found } = await withEngine(stage, async (engine) => {
      const at = await chainUpTo(engine, flags, stage);
      return { at, found: answered(await engine.auditModule(at.blockId, flags.module)) };
    });
    const { module, storage, keys, sizeBytes, recordedRoot, recomputedRoot, rootMatches } = found;
    const { blocks, transactions, failed } = found.history;
    const history = { blocks, transactions, failed };
    const invariants = found.invariants.map(({ name, statement, holds, detail }) => {
      return { name, statement, holds, detail: detail ?? null };
    });
    const { scenario, height } = at;
    return {
      json: {
        scenario,
        height,
        module,
        storage,
        keys,
        sizeBytes,
        invariants,
        recordedRoot,
        recomputedRoot,
        rootMatches,
        recomputeMs: rounded(found.recomputeUs / 1000),
        history,
      },
      report: pairs([
        ['scenario', scenario],
        ['height', figure(height)],
        ['module', module],
        ['storage', `${storage}, ${figure(keys)} keys, ${figure(sizeBytes)} bytes`],
        ...invariants.map(({ name, statement, holds, detail }): [string, string] => [
          name,
          `${yesNo(holds)} ${holds ? statement : detail}`,
        ]),
        ['recorded root', recordedRoot],
        ['root made anew', recomputedRoot],
        ['roots agree', yesNo(rootMatches)],
        [
          'history',
          `${figure(history.blocks)} blocks, ${figure(history.transactions)} transactions, ${figure(history.failed)} failed`,
        ],
      ]),
      passed: rootMatches && invariants.every(({ holds }) => holds),
    };
  },
});
