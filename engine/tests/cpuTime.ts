/**
 * Begins to count what this process takes of a core, and answers how to read it: milliseconds since. Unlike a clock it
 * leaves out whoever else has the machine.
 */
export function cpuTimer(): () => number {
  const began = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  };
}
