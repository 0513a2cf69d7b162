/** Who tells the opening story: the shell says it at its start, views only ask. */
export const storyteller: { replay: (() => Promise<void>) | null } = { replay: null };
