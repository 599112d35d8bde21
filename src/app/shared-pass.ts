import type { RunEnded } from '../domain/event.js'
import type { FinishedResult } from '../ports/reporter.js'

type Batch = IteratorResult<readonly RunEnded[]>

/** A result whose runs are read once for several reports that are made at the same time. */
export interface SharedPass {
  /** The result, for one reader. */
  readonly result: FinishedResult
  /** This reader wants no more; to be called whatever became of it, or the others wait for it. */
  leave(): void
}

/**
 * Lets several readers go through a result's runs in step: a batch is read when all that are still reading have asked for
 * it, so that one batch is held at a time, however far apart they would drift.
 */
export function sharePass(result: FinishedResult, readers: number): SharedPass[] {
  const source = result.runs()[Symbol.asyncIterator]()
  let reading = readers
  const asking: { resolve: (batch: Batch | PromiseLike<Batch>) => void }[] = []

  const readIfAllAsk = (): void => {
    if (asking.length === 0 || asking.length < reading) return
    const batch = source.next()
    for (const { resolve } of asking.splice(0)) resolve(batch)
  }
  const next = (): Promise<Batch> => {
    const asked = new Promise<Batch>(resolve => asking.push({ resolve }))
    readIfAllAsk()
    return asked
  }
  return Array.from({ length: readers }, () => {
    let hasLeft = false
    return {
      result: { ...result, runs: () => ({ [Symbol.asyncIterator]: () => ({ next }) }) },
      leave() {
        if (hasLeft) return
        hasLeft = true
        reading -= 1
        readIfAllAsk()
        if (reading === 0) void source.return?.()
      },
    }
  })
}
