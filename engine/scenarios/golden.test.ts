import { describe, expect, it } from 'vitest';
import { SEMANTICS_VERSION } from '../chain/digest.ts';
import { goldenLinks } from '../tests/scenarios/goldenLinks.ts';
import { testHost, value } from '../tests/testHost.ts';
import { encodeLink } from './link.ts';

describe('links that were given away', () => {
  it.each(goldenLinks.map((golden) => [golden.name, golden] as const))(
    'open for ever: %s',
    { timeout: 60_000 },
    async (_, { link, semantics, digest, blocks, transactions }) => {
      const host = testHost();
      const scenario = await value(host.readScenario(`https://example.org/${link}`));
      expect(scenario.blocks).toBe(blocks);
      expect(scenario.expected?.digest).toBe(digest);
      const { verification } = await value(host.openScenario(scenario));
      const same = semantics === SEMANTICS_VERSION;
      expect(verification).toMatchObject(
        same
          ? { verdict: 'verified', actualDigest: digest, blocks, transactions }
          : { verdict: 'not_comparable', reason: 'older_rules', expectedDigest: digest, blocks },
      );
    },
  );

  it('say the same when they are written again', async () => {
    for (const { link } of goldenLinks) {
      const host = testHost();
      const scenario = await value(host.readScenario(link));
      const fragment = await encodeLink(JSON.stringify(scenario));
      expect(fragment.ok && (await value(host.readScenario(fragment.value)))).toEqual(scenario);
    }
  });
});
