interface Described {
  readonly id: string;
  readonly needs: readonly string[];
}

/** The modules after one was switched: what it needs comes with it, what needs it goes with it. */
export function switched(modules: readonly Described[], active: readonly string[], id: string): string[] {
  const chosen = new Set(active);
  if (chosen.has(id)) {
    const leave = [id];
    for (const gone of leave) {
      chosen.delete(gone);
      leave.push(
        ...modules
          .filter(({ id: other, needs }) => chosen.has(other) && needs.includes(gone))
          .map((m) => m.id),
      );
    }
  } else {
    const join = [id];
    for (const wanted of join) {
      chosen.add(wanted);
      const needs = modules.find((module) => module.id === wanted)?.needs ?? [];
      join.push(...needs.filter((needed) => !chosen.has(needed)));
    }
  }
  return modules.map((module) => module.id).filter((module) => chosen.has(module));
}

/** Of a thousand transactions, how many the other workloads leave to this one. */
export function othersLeft(shares: { readonly [workload: string]: number }, name: string): number {
  const others = Object.entries(shares).reduce(
    (sum, [other, share]) => (other === name ? sum : sum + share),
    0,
  );
  return Math.max(0, 1000 - others);
}
