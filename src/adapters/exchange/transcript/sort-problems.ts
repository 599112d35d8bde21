import type { TranscriptProblem } from '../../../domain/wire/problems.js'
import type { Loss, Problem } from '../finding.js'
import type { Path } from '../path.js'

/**
 * Sorts what is not understood. If something that happened is lost, the conversation is refused; other losses are only
 * reported.
 */
export function sortProblems(
  found: readonly TranscriptProblem[],
  placeOf: (problem: TranscriptProblem) => Path,
): { readonly problems: Problem[]; readonly losses: Loss[] } {
  const placed = found.map(problem => ({ at: placeOf(problem), message: problem.message, isLost: problem.isLost }))
  const pick = (isLost: boolean): Loss[] => placed.filter(each => each.isLost === isLost).map(({ at, message }) => ({ at, message }))
  return { problems: pick(true), losses: pick(false) }
}
