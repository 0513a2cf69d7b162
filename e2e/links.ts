import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** A scenario as a test handles it: whatever a link or a file holds. */
export type LooseScenario = Record<string, unknown> & {
  readonly expected: {
    readonly digest: string;
    readonly checkpoints: readonly (readonly [number, string])[];
  };
};

/** The JSON in a link, read by nothing of the page's own. */
export function unpackLink(link: string): LooseScenario {
  const packed = link.slice(link.indexOf('#s=d1.') + '#s=d1.'.length);
  return JSON.parse(inflateRawSync(Buffer.from(packed, 'base64url')).toString('utf8')) as LooseScenario;
}

/** A link's fragment with this in it, packed by nothing of the page's own. */
export function packLink(content: unknown, head = 'd1'): string {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  return `#s=${head}.${deflateRawSync(Buffer.from(text)).toString('base64url')}`;
}

/** The same scenario with the first digit of what it expects at the end turned into another one. */
export function withOtherDigest(scenario: LooseScenario): LooseScenario {
  const { digest, checkpoints } = scenario.expected;
  const first = digest.startsWith('0') ? '1' : '0';
  return { ...scenario, expected: { digest: first + digest.slice(1), checkpoints } };
}

/** A link that unpacks to far more than any scenario needs. */
export function bombLink(megabytes: number): string {
  return packLink(`{"format":1,"title":"${'a'.repeat(megabytes * 1024 * 1024)}"}`);
}
