import { type ReactNode, useMemo, useState } from 'react';
import type { SharedScenario } from '../../../engine/api/index.ts';
import { Button } from '../../components/Button.tsx';
import { shareText as text } from '../../lib/messages/share.ts';
import { linkAddress } from '../../lib/pageAddress.ts';
import { DENSE_QR_LETTERS, qrPicture } from './qrPath.ts';
import { PartTitle } from './PartTitle.tsx';

/** The link as a QR code: dark on white in both themes, since many readers know no other. */
export function QrPart({ shared }: { readonly shared: SharedScenario | null }): ReactNode {
  const [large, setLarge] = useState(false);
  const fragment = shared?.fragment ?? null;
  const link = fragment === null ? null : linkAddress(fragment);
  const picture = useMemo(() => (link === null ? null : qrPicture(link)), [link]);
  return (
    <section className={large ? 'order-first md:col-span-2' : 'w-52 max-md:w-full'}>
      <PartTitle>{text.qr}</PartTitle>
      {shared !== null && picture === null ? (
        <p className="flex aspect-square items-center rounded-2 border border-dashed border-line-strong p-4 text-sm text-ink-2 max-md:aspect-auto">
          {link === null ? text.noLink : text.qrTooLong}
        </p>
      ) : (
        <>
          <div
            className={`aspect-square overflow-hidden rounded-2 border border-line bg-white ${large ? 'mx-auto w-[min(100%,62dvh)]' : 'w-52'}`}
          >
            {picture !== null && (
              <svg
                role="img"
                aria-label={text.qrAlt}
                viewBox={`0 0 ${picture.size} ${picture.size}`}
                shapeRendering="crispEdges"
                className="size-full"
              >
                <path d={picture.path} fill="#000" />
              </svg>
            )}
          </div>
          <div className="mt-1.5 flex items-baseline justify-between gap-2">
            <Button
              look="quiet"
              className="-ml-2.5"
              disabled={picture === null}
              onClick={() => setLarge(!large)}
            >
              {large ? text.qrSmall : text.qrLarge}
            </Button>
            {!large && (link?.length ?? 0) > DENSE_QR_LETTERS && (
              <span className="text-right text-xs text-ink-3">{text.qrDense}</span>
            )}
          </div>
        </>
      )}
    </section>
  );
}
