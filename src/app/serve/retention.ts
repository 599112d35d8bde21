import type { Clock } from '../../ports/clock.js'
import type { Database } from '../../ports/database.js'
import type { Catalogue } from './catalogue/catalogue.js'

const everyMs = 60 * 60 * 1000

export interface RetentionOptions {
  /** How long results are kept once they are over; where it is left out, for good. */
  readonly keepMs?: number | undefined
  /** What is served now: its documents are needed. */
  catalogues(): readonly Catalogue[]
  /** Told when it could not be done this time. */
  onTrouble(why: string): void
}

/** Now and every hour, forgets results that have been over for long enough, and keys, tokens and documents of no more use. */
export function keepForgetting(database: Database, clock: Clock, { keepMs, catalogues, onTrouble }: RetentionOptions): AsyncDisposable {
  const forgetNow = async (): Promise<void> => {
    for (const { sealed } of catalogues().flatMap(({ suites }) => suites)) await database.keepDocument(sealed.digest, sealed.body)
    const now = clock.date()
    const endedBefore = keepMs === undefined ? new Date(0) : new Date(now.getTime() - keepMs)
    await database.forget(endedBefore.toISOString(), now.toISOString())
  }
  const forgetOrTell = (): Promise<void> =>
    forgetNow().catch((cause: unknown) => onTrouble(cause instanceof Error ? cause.message : String(cause)))

  let forgetting = forgetOrTell()
  const timer = setInterval(() => void (forgetting = forgetOrTell()), everyMs).unref()
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await forgetting
    },
  }
}
