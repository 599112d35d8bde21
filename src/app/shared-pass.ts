import type { RunEnded } from '../domain/event.js'
import type { FinishedResult } from '../ports/reporter.js'

type Batch = IteratorResult<readonly RunEnded[]>

/** A result whose runs are read once for several reports. */
export interface SharedPass {
  /** The result for one reader. */
  readonly result: FinishedResult
  /** Ends this reader. Call it in any case, or the other readers wait for it. */
  leave(): void
}

/**
 * Lets several readers go through a result's runs in step. A batch is read when all active readers have asked for it, so only
 * one batch is in memory at a time.
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
