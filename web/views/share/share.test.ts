import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_QR_LETTERS, qrPicture } from './qrPath.ts';
import { fileNameOf, scenarioText } from './scenarioFile.ts';

describe('the QR code', () => {
  it('covers the dark modules, once each, with light around them', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 300 }), (text) => {
        const picture = qrPicture(text)!;
        const dark = new Set<string>();
        for (const [, x, y, width, , back] of picture.path.matchAll(/M(\d+) (\d+)h(\d+)(v1)h-(\d+)z/g)) {
          expect(back).toBe(width);
          for (let at = 0; at < Number(width); at++) {
            const place = `${Number(x) + at} ${y}`;
            expect(dark.has(place)).toBe(false);
            dark.add(place);
          }
        }
        const border = [0, 1, 2, 3, picture.size - 1, picture.size - 2, picture.size - 3, picture.size - 4];
        for (let at = 0; at < picture.size; at++)
          for (const edge of border) {
            expect(dark.has(`${edge} ${at}`)).toBe(false);
            expect(dark.has(`${at} ${edge}`)).toBe(false);
          }
        // The corners of the three marks by which a reader finds it, and none in the fourth corner.
        expect(
          dark.has('4 4') && dark.has(`${picture.size - 5} 4`) && dark.has(`4 ${picture.size - 5}`),
        ).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('is refused for what no phone could read', () => {
    expect(qrPicture('a'.repeat(MOST_QR_LETTERS))).not.toBe(null);
    expect(qrPicture('a'.repeat(MOST_QR_LETTERS + 1))).toBe(null);
  });
});

describe('a scenario file', () => {
  it('has a name that every file system takes', () => {
    expect(fileNameOf('One hot account')).toBe('one-hot-account.json');
    expect(fileNameOf('../../etc/passwd')).toBe('etc-passwd.json');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 100 }), (title) => {
        expect(fileNameOf(title)).toMatch(/^[a-z0-9-]{1,60}\.json$/);
      }),
    );
  });

  it('is readable where it is short, and always the same scenario', () => {
    const scenario = { format: 1, title: 'x', panels: ['a'] } as never;
    expect(scenarioText(scenario)).toContain('\n  "title": "x"');
    const long = { format: 1, captions: Array.from({ length: 30_000 }, (_, i) => i) } as never;
    expect(scenarioText(long)).not.toContain('\n');
    expect(JSON.parse(scenarioText(long))).toEqual(long);
    // Letters of more than one byte count as what they take.
    const wide = {
      format: 1,
      captions: Array.from({ length: 3_000 }, () => ({ text: '漢'.repeat(20) })),
    } as never;
    expect(new TextEncoder().encode(scenarioText(wide)).length).toBeLessThan(256 * 1024);
  });
});
