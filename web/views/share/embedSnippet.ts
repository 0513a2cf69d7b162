import { embedAddress } from '../../lib/pageAddress.ts';

export const EMBED_SIZES = {
  small: { width: '640', height: '400' },
  large: { width: '960', height: '600' },
  wide: { width: '100%', height: '520' },
} as const;

export type EmbedSize = keyof typeof EMBED_SIZES;

/** HTML that shows a scenario in somebody's page. */
export function embedSnippet(fragment: string, title: string, size: EmbedSize): string {
  const { width, height } = EMBED_SIZES[size];
  return `<iframe src="${escaped(embedAddress(fragment))}" title="${escaped(title)}" width="${width}" height="${height}" style="border:0" loading="lazy" allow="fullscreen"></iframe>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

function escaped(text: string): string {
  return text.replace(/[&"<>]/g, (letter) => ENTITIES[letter]!);
}
