import { describe, expect, it, vi } from 'vitest';
import { documentOf, switchyard } from '../tests/commandLine.ts';

// Each call starts a program; how long that takes is up to what else the machine does.
vi.setConfig({ testTimeout: 120_000 });

const call = (...words: string[]) => switchyard(['proposers', ...words]);

describe('proposers', () => {
  it('gives the turns of a fresh set as indices into the powers', async () => {
    const said = await call('--powers', '1000,300,330', '--steps', '20', '--json');
    // CometBFT's TestProposerSelection1: foo, bar, baz.
    const published = 'foo baz foo bar foo foo baz foo bar foo foo baz foo foo bar foo baz foo foo bar';
    const index: Record<string, number> = { foo: 0, bar: 1, baz: 2 };
    expect(documentOf(said)).toEqual({ sequence: published.split(' ').map((name) => index[name]) });
    expect(said.code).toBe(0);
    const equal = await call('--powers', '5,5', '--steps', '3', '--json');
    expect(documentOf(equal)).toEqual({ sequence: [0, 1, 0] });
    const readable = await call('--powers=1152921504606846974,1', '--steps=2');
    expect(readable.stdout).toContain('0 0');
    expect(readable.stdout).toContain('0 (power 1152921504606846974)  2 of 2');
  });

  it('says what is wrong with what it is given', async () => {
    const wrong: readonly (readonly [words: readonly string[], about: string])[] = [
      [['--steps', '3'], 'proposers needs --powers P,P,….'],
      [['--powers', '1,2'], 'proposers needs --steps N.'],
      [['--powers', '1,0', '--steps', '1'], '--powers must be whole numbers from 1'],
      [['--powers', '1,-2', '--steps', '1'], 'not “-2”'],
      [['--powers', '1,,2', '--steps', '1'], 'not “”'],
      [['--powers', '1152921504606846975,1', '--steps', '1'], 'may not exceed 1152921504606846975'],
      [['--powers', '1', '--steps', 'x'], '--steps must be a whole number from 0'],
      [['--powers', new Array(1001).fill(1).join(','), '--steps', '1000000'], 'ask for fewer steps'],
    ];
    for (const [words, about] of wrong) {
      const said = await call(...words, '--json');
      expect(said.stderr).toContain(about);
      expect(said.code).toBe(2);
      expect(said.stdout).toBe('');
    }
  });
});
