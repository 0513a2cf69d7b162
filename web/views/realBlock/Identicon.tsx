const SIDE = 5;
const HUES = 10;

/** A small picture of an address, the same everywhere: five by five cells, mirrored, from its digits. */
export function Identicon({ address }: { readonly address: string }) {
  const digits = address.slice(2).padEnd(40, '0');
  const hue = Number.parseInt(digits.slice(-2), 16) % HUES;
  const cells: string[] = [];
  for (let row = 0; row < SIDE; row++) {
    for (let column = 0; column < SIDE; column++) {
      const half = Math.min(column, SIDE - 1 - column);
      const digit = Number.parseInt(digits[row * 3 + half] ?? '0', 16);
      if (digit % 2 === 1) cells.push(`M${column} ${row}h1v1h-1z`);
    }
  }
  return (
    <svg
      viewBox={`0 0 ${SIDE} ${SIDE}`}
      width="14"
      height="14"
      aria-hidden="true"
      className="shrink-0 rounded-1 bg-surface-3"
      shapeRendering="crispEdges"
    >
      <path d={cells.join('')} fill={`var(--mod-${hue})`} />
    </svg>
  );
}
