/**
 * What a selfish miner does when others have found a block, after Algorithm 1 of Eyal and Sirer, "Majority Is Not Enough: Bitcoin Mining Is
 * Vulnerable" (2013). `lead`: blocks by which its own branch is still ahead of the public one.
 *
 * - `adopt`: the others are ahead, it mines on theirs.
 * - `race`: it shows its branch, which is as long as theirs.
 * - `override`: it shows its branch, which is one longer: all go over to it.
 * - `match`: it shows as much as the public branch has.
 */
export function answerToOthers(lead: number): 'adopt' | 'race' | 'override' | 'match' {
  if (lead < 0) return 'adopt';
  if (lead === 0) return 'race';
  return lead === 1 ? 'override' : 'match';
}
