import { withEngine } from '../nodeEngine.ts';
import { table } from '../report.ts';
import { defineVerb } from '../verb.ts';

export const scenarios = defineVerb({
  name: 'scenarios',
  about: 'List the scenarios that come with the playground.',
  operands: [],
  flags: {},
  notes: ['--json: [{id, title}]'],
  run: async (_flags, _operands, stage) => {
    const gallery = await withEngine(stage, (engine) => engine.gallery());
    const listed = gallery.flatMap(({ id, title }) => (id === undefined ? [] : [{ id, title }]));
    return {
      json: listed,
      report: table(
        ['id', 'title'],
        listed.map(({ id, title }) => [id, title]),
      ),
      passed: true,
    };
  },
});
