import type { TranscriptProblem } from '../../../domain/wire/read-messages.js'
import type { Loss, Problem } from '../finding.js'
import type { Path } from '../path.js'

/** What an import makes of what is not understood: nothing is made of a conversation of which something that happened is lost. */
export function sortProblems(
  found: readonly TranscriptProblem[],
  placeOf: (problem: TranscriptProblem) => Path,
): { readonly problems: Problem[]; readonly losses: Loss[] } {
  const placed = found.map(problem => ({ at: placeOf(problem), message: problem.message, isLost: problem.isLost }))
  const pick = (isLost: boolean): Loss[] => placed.filter(each => each.isLost === isLost).map(({ at, message }) => ({ at, message }))
  return { problems: pick(true), losses: pick(false) }
}
