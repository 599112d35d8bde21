import type { Clock } from '../../ports/clock.js'
import type { Database } from '../../ports/database.js'
import type { Recordings } from '../../ports/recordings.js'
import type { Catalogue } from './catalogue/catalogue.js'

const everyMs = 60 * 60 * 1000

export interface RetentionOptions {
  /** How long results are kept once they are over. Default: forever. */
  readonly keepMs?: number | undefined
  readonly recordings: Recordings
  /** The catalogues in use, whose documents must stay. */
  catalogues(): readonly Catalogue[]
  /** Called when forgetting failed this time. */
  onTrouble(why: string): void
}

/** Deletes, now and every hour, results that have been over for long enough, with their recordings, and unneeded keys, tokens and documents. */
export function keepForgetting(
  database: Database,
  clock: Clock,
  { keepMs, recordings, catalogues, onTrouble }: RetentionOptions,
): AsyncDisposable {
  const forgetNow = async (): Promise<void> => {
    for (const { sealed } of catalogues().flatMap(({ suites }) => suites)) await database.keepDocument(sealed.digest, sealed.body)
    const now = clock.date()
    const endedBefore = keepMs === undefined ? new Date(0) : new Date(now.getTime() - keepMs)
    await database.forget(endedBefore.toISOString(), now.toISOString(), result => recordings.forget(String(result)))
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
