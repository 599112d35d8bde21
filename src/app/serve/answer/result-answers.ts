import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Database } from '../../../ports/database.js'
import { createRecent } from './recent.js'
import { notFound } from '../refusal.js'
import type { ContextOf } from './result-context.js'
import { followRuns, type FollowedRuns } from './result-runs.js'
import { resultView } from './result-views.js'

/** `GET results/{id}/`, as bytes: of a result that did not change since, those that were made before. */
export interface ResultAnswer {
  readonly revision: number
  readonly json: Buffer
  gzipped(): Promise<Buffer>
}

/** @throws {Refusal} 404 */
export type AnswerResult = (project: string, id: number) => Promise<ResultAnswer>

/** Of results with so many runs together answers are kept; each takes room for some more by itself. */
const keptRuns = 100_000
const runsOfOwn = 100
/** Answers about one result take at most one part in so many of the time, however many ask and however fast it changes. */
const shareOfTime = 5
/** Nobody waits longer than that for others' sake. */
const longestPauseMs = 1000

/**
 * Answers about results. All who ask while an answer is being made share the next one, so that many who poll cost about as
 * much as one. An answer is never older than the request for it.
 */
export function createResultAnswers(database: Database, contextOf: ContextOf): AnswerResult {
  const results = createRecent<number, FollowedResult>(keptRuns, ({ size }) => size)
  return async (project, id) => {
    const revision = await database.revision(project, id)
    if (revision === undefined) throw notFound()
    return results.get(id, () => followResult(database, contextOf, project, id)).at(revision)
  }
}

interface FollowedResult {
  /** The answer for a revision, or a later one. */
  at(revision: number): Promise<ResultAnswer>
  /** How much is held in memory, in runs. */
  readonly size: number
}

function followResult(database: Database, contextOf: ContextOf, project: string, id: number): FollowedResult {
  let runs: FollowedRuns | undefined
  let last: ResultAnswer | undefined
  let making: Promise<ResultAnswer> | undefined
  let next: Promise<ResultAnswer> | undefined
  let restedAtMs = 0

  const make = async (): Promise<ResultAnswer> => {
    const startedMs = performance.now()
    const record = await database.result(project, id)
    if (!record) throw notFound()
    runs ??= followRuns(database, project, await contextOf(project, id))
    await runs.catchUp()
    last = answerOf(record.revision, resultView(record, runs), runs.json())
    const nowMs = performance.now()
    restedAtMs = nowMs + Math.min(longestPauseMs, (shareOfTime - 1) * (nowMs - startedMs))
    return last
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
      if (last && last.revision >= revision) return Promise.resolve(last)
      return (next ??= makeNext())
    },
    get size() {
      return runsOfOwn + (runs?.context.totalRuns ?? 1)
    },
  }
}

const compress = promisify(gzip)

/** @param runs  JSON, already: most of it did not change since the last time. */
function answerOf(revision: number, result: object, runs: string): ResultAnswer {
  const json = Buffer.from(`${JSON.stringify(result).slice(0, -1)},"runs":${runs}}`)
  let gzipped: Promise<Buffer> | undefined
  return { revision, json, gzipped: () => (gzipped ??= compress(json, { level: 1 })) }
}
