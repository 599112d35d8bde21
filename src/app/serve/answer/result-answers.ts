import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Database } from '../../../ports/database.js'
import type { LiveEvents } from '../conduct/live-events.js'
import { createRecent } from './recent.js'
import { notFound } from '../refusal.js'
import type { ContextOf } from './result-context.js'
import { followRuns, type FollowedRuns } from './result-runs.js'
import { resultView } from './result-views.js'
import { missedThresholds, shortRuns } from './statuses.js'

/** The bytes of `GET results/{id}/`, reused while the result does not change. */
export interface ResultAnswer {
  readonly revision: number
  /** Differs where anything of it does. */
  readonly version: string
  readonly json: Buffer
  gzipped(): Promise<Buffer>
}

/** @throws {Refusal} 404 */
export type AnswerResult = (project: string, id: number) => Promise<ResultAnswer>

/** Total runs of the results whose answers are cached. Each result weighs some runs more by itself. */
const keptRuns = 100_000
const runsOfOwn = 100
/**
 * Making answers about one result takes at most one part in this many of the time, however many clients ask and however fast
 * it changes.
 */
const shareOfTime = 5
/** The longest that a request waits so that others can share its answer. */
const longestPauseMs = 1000

/**
 * Answers requests for results. Requests that arrive while an answer is being made share the next one, so many polling
 * clients cost about as much as one. An answer is never older than its request.
 */
export function createResultAnswers(database: Database, contextOf: ContextOf, live: Waits): AnswerResult {
  const results = createRecent<number, FollowedResult>(keptRuns, ({ size }) => size)
  return async (project, id) => {
    const revision = await database.revision(project, id)
    if (revision === undefined) throw notFound()
    return results.get(id, () => followResult({ database, contextOf, live }, project, id)).at(revision)
  }
}

/** What runs wait for is not stored: the revision of a result does not tell of it. */
type Waits = Pick<LiveEvents, 'waits' | 'waitsVersion'>

interface FollowUse {
  readonly database: Database
  readonly contextOf: ContextOf
  readonly live: Waits
}

interface Made {
  readonly answer: ResultAnswer
  /** The version of what runs waited for. */
  readonly waits: number
}

interface FollowedResult {
  /** The answer for a revision, or a later one. */
  at(revision: number): Promise<ResultAnswer>
  /** Memory in use, counted in runs. */
  readonly size: number
}

function followResult({ database, contextOf, live }: FollowUse, project: string, id: number): FollowedResult {
  let runs: FollowedRuns | undefined
  let last: Made | undefined
  let making: Promise<ResultAnswer> | undefined
  let next: Promise<ResultAnswer> | undefined
  let restedAtMs = 0
  let wasAmended = false

  const make = async (): Promise<ResultAnswer> => {
    const startedMs = performance.now()
    const waits = live.waitsVersion(id)
    const record = await database.result(project, id)
    if (!record) throw notFound()
    const isAmended = record.report?.unresolved !== undefined || missedThresholds(record.report).length > 0
    // What was read of the runs before the end of the result is not true any more.
    if (isAmended && !wasAmended) runs = undefined
    wasAmended = isAmended
    runs ??= followRuns(database, project, await contextOf(project, id), shortRuns(record))
    await runs.catchUp()
    const { revision } = record
    const version = waits === 0 ? String(revision) : `${revision}.${waits}`
    last = { waits, answer: answerOf({ revision, version }, resultView(record, runs, live.waits(id)), runs.json()) }
    const nowMs = performance.now()
    restedAtMs = nowMs + Math.min(longestPauseMs, (shareOfTime - 1) * (nowMs - startedMs))
    return last.answer
  }
  const makeNext = async (): Promise<ResultAnswer> => {
    await making?.catch(() => undefined)
    await wait(Math.max(0, restedAtMs - performance.now()))
    next = undefined
    making = make()
    return making
  }

  return {
    at(revision) {
      if (last && last.answer.revision >= revision && last.waits === live.waitsVersion(id)) return Promise.resolve(last.answer)
      return (next ??= makeNext())
    },
    get size() {
      return runsOfOwn + (runs?.context.totalRuns ?? 1)
    },
  }
}

const compress = promisify(gzip)

/** @param runs  JSON text, since most of it did not change since the last answer. */
function answerOf(of: Pick<ResultAnswer, 'revision' | 'version'>, result: object, runs: string): ResultAnswer {
  const json = Buffer.from(`${JSON.stringify(result).slice(0, -1)},"runs":${runs}}`)
  let gzipped: Promise<Buffer> | undefined
  return { ...of, json, gzipped: () => (gzipped ??= compress(json, { level: 1 })) }
}
