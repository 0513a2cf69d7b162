/** What a panel shows before there is anything to draw. */
export function EmptyPanel({ title, message }: { readonly title: string; readonly message: string }) {
  return (
    <div className="grid h-full place-content-center gap-1 p-6 text-center">
      <p className="text-ink-2">{title}</p>
      <p className="max-w-[36ch] text-ink-3 text-sm">{message}</p>
    </div>
  );
}
