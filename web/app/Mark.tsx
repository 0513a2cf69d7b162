/** The mark: one track that becomes two at a switch. */
export function Mark() {
  return (
    <svg viewBox="0 0 28 20" width="28" height="20" aria-hidden="true" className="shrink-0">
      <path d="M1 14h26" stroke="var(--ink-3)" strokeWidth="2" strokeLinecap="round" />
      <path
        d="M5 14c8 0 8-8 15-8h7"
        stroke="var(--accent)"
        strokeWidth="2"
        strokeLinecap="round"
        fill="none"
      />
      <circle cx="5" cy="14" r="2.6" fill="var(--surface-1)" stroke="var(--accent)" strokeWidth="2" />
    </svg>
  );
}
