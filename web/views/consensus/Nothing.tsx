/** A line for what there is nothing of. */
export function Nothing({ children }: { readonly children: string }) {
  return <p className="text-ink-3">{children}</p>;
}
