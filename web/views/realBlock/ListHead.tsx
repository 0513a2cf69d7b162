/** What a list shows and what it is ordered by. */
export function ListHead({ about, title }: { readonly title: string; readonly about: string }) {
  return (
    <h3 className="flex items-baseline gap-2 pb-1">
      <span className="text-sm font-semibold whitespace-nowrap">{title}</span>
      <span className="truncate text-xs font-normal text-ink-3">{about}</span>
    </h3>
  );
}
