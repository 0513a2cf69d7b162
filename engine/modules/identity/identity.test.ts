import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrng } from '../../base/prng.ts';
import { genesisWorld } from '../../moduleSdk/index.ts';
import { ReferenceChain } from '../../tests/reference/referenceChain.ts';
import { identity } from './manifest.ts';
import { attestations, identities } from './state.ts';

const ACCOUNTS = 10;
/** The one whom genesis leaves out. */
const STRANGER = ACCOUNTS - 1;

function started(): ReferenceChain {
  const chain = new ReferenceChain([identity]);
  chain.genesis(
    genesisWorld({ accounts: ACCOUNTS, assets: 0, pools: 0, bankPartition: 'asset' }, [identity]),
  );
  return chain;
}
const outcome = (chain: ReferenceChain, sender: number, name: string, args: object) => {
  const { error, status } = chain.send(sender, 'identity', name, args as never);
  return error ?? status;
};
const diploma = { subject: 2, topic: 1, claim: 0xabcn, expires: 0 };

describe('being registered', () => {
  it('is once, with a key that can be changed', () => {
    const chain = started();
    expect(outcome(chain, STRANGER, 'rotate', { key: 5n })).toBe('identity/not_registered');
    expect(outcome(chain, STRANGER, 'register', { key: 0n })).toBe('identity/empty_key');
    expect(outcome(chain, STRANGER, 'register', { key: 5n })).toBe('success');
    expect(outcome(chain, STRANGER, 'register', { key: 6n })).toBe('identity/already_registered');
    expect(outcome(chain, STRANGER, 'rotate', { key: 5n })).toBe('identity/same_key');
    expect(outcome(chain, STRANGER, 'rotate', { key: 0n })).toBe('identity/empty_key');
    expect(outcome(chain, STRANGER, 'rotate', { key: 6n })).toBe('success');
    expect(chain.state.get(identities, STRANGER)).toEqual({ key: 6n, rotations: 1 });
  });
});

describe('what is attested', () => {
  it('is about somebody else who is registered, once a topic until it is taken back', () => {
    const chain = started();
    expect(outcome(chain, 2, 'attest', diploma)).toBe('identity/about_oneself');
    expect(outcome(chain, STRANGER, 'attest', diploma)).toBe('identity/not_registered');
    expect(outcome(chain, 1, 'attest', { ...diploma, subject: STRANGER })).toBe('identity/not_registered');
    expect(outcome(chain, 1, 'attest', diploma)).toBe('success');
    expect(outcome(chain, 1, 'attest', { ...diploma, claim: 1n })).toBe('identity/already_attested');
    expect(outcome(chain, 3, 'attest', { ...diploma, claim: 1n })).toBe('success');
    expect(outcome(chain, 1, 'revoke', { subject: 2, topic: 1 })).toBe('success');
    expect(outcome(chain, 1, 'revoke', { subject: 2, topic: 1 })).toBe('identity/already_revoked');
    expect(outcome(chain, 4, 'revoke', { subject: 2, topic: 1 })).toBe('identity/unknown_attestation');
    expect(chain.state.get(attestations, 1, 2, 1)).toMatchObject({ claim: 0xabcn, revoked: 1 });
    expect(outcome(chain, 1, 'attest', { ...diploma, claim: 9n })).toBe('success');
    expect(chain.state.get(attestations, 1, 2, 1)).toMatchObject({ claim: 9n, revoked: 0 });
  });

  it('stays when the key changes, and can be given anew once it is over', () => {
    const chain = started();
    const height = chain.height;
    expect(outcome(chain, 1, 'attest', { ...diploma, expires: height })).toBe('identity/expires_too_soon');
    expect(outcome(chain, 1, 'attest', { ...diploma, expires: height + 3 })).toBe('success');
    expect(outcome(chain, 2, 'rotate', { key: 77n })).toBe('success');
    expect(chain.state.get(attestations, 1, 2, 1)?.claim).toBe(0xabcn);
    expect(chain.height).toBe(height + 3);
    expect(outcome(chain, 1, 'attest', { ...diploma, claim: 3n })).toBe('success');
  });
});

describe('whatever people do', () => {
  const person = fc.nat(ACCOUNTS);
  const key = fc.bigInt({ min: 0n, max: 3n });
  const topic = fc.nat(2);
  const act = (name: string, args: fc.Arbitrary<object>) =>
    fc.record({ sender: person, module: fc.constant('identity'), name: fc.constant(name), args });
  const draft = fc.oneof(
    act('register', fc.record({ key })),
    act('rotate', fc.record({ key })),
    act('attest', fc.record({ subject: person, topic, claim: key, expires: fc.nat(4) })),
    act('revoke', fc.record({ subject: person, topic })),
  );

  it('everybody attested is registered, and nothing panics', () => {
    fc.assert(
      fc.property(fc.array(draft, { maxLength: 40 }), (drafts) => {
        const chain = started();
        const { receipts } = chain.block(drafts as never);
        expect(receipts.filter(({ status }) => status === 'panicked')).toEqual([]);
        expect(chain.complaints()).toEqual([]);
      }),
    );
  });
});

describe('traffic', () => {
  it('is the same for the same seed, mostly succeeds, and does everything', () => {
    const chain = started();
    const world = {
      accounts: ACCOUNTS,
      assets: 0,
      pools: [],
      hotPools: [],
      hotPermille: 0,
      skewPermille: 0,
      work: 1,
    };
    const draw = (seed: number) =>
      identity.workloads[0]!.generate(createPrng(seed), { ...world, state: chain.state }, 60);
    expect(draw(3)).toEqual(draw(3));
    const drafts = draw(3);
    const { receipts } = chain.block(drafts);
    const succeeded = drafts.filter((_, i) => receipts[i]!.status === 'success').map(({ name }) => name);
    expect(succeeded.length).toBeGreaterThan(40);
    expect([...new Set(succeeded)].sort()).toEqual(['attest', 'register', 'revoke', 'rotate']);
  });
});
