export const STATUS_NAMES = [
  'execute',
  'reexecute',
  'validate',
  'abort',
  'suspend',
  'wait',
  'commit',
] as const;
export type StatusName = (typeof STATUS_NAMES)[number];

/** A status as every panel draws it: its colour, and a shape or pattern that says the same without colour. */
export function StatusSwatch({ status }: { readonly status: StatusName }) {
  const colour = `var(--st-${status})`;
  return (
    <svg viewBox="0 0 22 12" width="22" height="12" aria-hidden="true" className="shrink-0">
      {status === 'commit' ? (
        <path d="M11 1v10M7.5 7.5 11 11l3.5-3.5" stroke={colour} strokeWidth="2" fill="none" />
      ) : status === 'wait' ? (
        <rect x="1.5" y="3" width="19" height="6" rx="1" fill="none" stroke={colour} strokeDasharray="3 2" />
      ) : (
        <rect
          x="1"
          y="1"
          width="20"
          height="10"
          rx="2"
          fill={colour}
          opacity={status === 'suspend' ? 0.55 : 1}
        />
      )}
      {status === 'reexecute' && <path d="M6 11 12 1M12 11l6-10" stroke="var(--surface-1)" strokeWidth="2" />}
      {status === 'abort' && <path d="M8 3l6 6M14 3 8 9" stroke="var(--surface-1)" strokeWidth="1.8" />}
      {status === 'validate' && (
        <path d="M6.5 6.2 9.8 9 15.5 3.2" stroke="var(--surface-1)" strokeWidth="1.8" fill="none" />
      )}
      {status === 'suspend' && <path d="M9 3v6M13 3v6" stroke="var(--surface-1)" strokeWidth="1.8" />}
    </svg>
  );
}
