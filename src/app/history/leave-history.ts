import { appendToHistory } from '../../adapters/stores/history-file.js'
import type { FinishedResult } from '../../ports/reporter.js'
import { isPlainError } from '../plain-error.js'
import { ignoreResults } from '../result-place.js'
import { lineOfResult, pastOf, type Past, withJournal } from './history-of-result.js'

/** Adds a result to a history, unless it repeats the conversations of another. @returns Its past; what cannot be read or written is told in it. */
export async function leaveHistory(result: FinishedResult, path: string): Promise<Past> {
  try {
    const own = lineOfResult(result)
    const past = pastOf(own, path)
    ignoreResults()
    if (result.started.rescoredFrom === undefined) appendToHistory(path, await withJournal(own, result.place))
    return past
  } catch (cause) {
    if (!isPlainError(cause)) throw cause
    return { problems: [cause.message] }
  }
}
