import type { CaseSummary, EntrySummary } from '../../domain/event.js'
import { outcomeStatuses, type OutcomeStatus } from '../../domain/outcome.js'
import { runKey } from '../../domain/plan.js'
import { letters, type RunMark } from './run-columns.js'
import type { ViewIndex } from './view-index.js'

/** A run in a list. */
export interface Row {
  readonly index: number
  readonly key: string
  readonly entry: EntrySummary
  readonly case: CaseSummary
  /** From 1. */
  readonly repeat: number
  readonly status: OutcomeStatus
  readonly durationMs: number
  /** -1 if the agent never replied. */
  readonly slowestMs: number
  readonly mark: RunMark
}

/** The runs of a result, each made when it is asked for. */
export interface Rows {
  readonly length: number
  /** @throws {RangeError} for an index that the result does not have. */
  at(index: number): Row
  statusAt(index: number): OutcomeStatus
  /** The index of a run; `undefined` if there is none with this key. */
  find(key: string): number | undefined
}

const statuses = new Map(outcomeStatuses.map(status => [letters[status], status]))

export function createRows({ started, runs }: Pick<ViewIndex, 'started' | 'runs'>): Rows {
  const cases = started.plan.entries.flatMap(entry => entry.cases.map(planned => ({ entry, case: planned })))
  const keys = new Map(cases.map(each => [each.case.key as string, each]))
  const marks = new Map(runs.marks.map(mark => [mark.index, mark]))

  const statusAt = (index: number): OutcomeStatus => statuses.get(runs.outcomes[index] ?? '') ?? 'not_run'
  const placeOf = (index: number): (typeof cases)[number] => {
    let [low, high] = [0, cases.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (cases[middle]!.case.firstRun <= index) low = middle
      else high = middle - 1
    }
    const found = cases[low]
    if (!found || index < 0 || index >= runs.outcomes.length) throw new RangeError(`The result has no run ${index}.`)
    return found
  }
  return {
    length: runs.outcomes.length,
    statusAt,
    at(index) {
      const place = placeOf(index)
      const repeat = index - place.case.firstRun + 1
      return {
        ...place,
        index,
        key: runKey(place.case.key, repeat),
        repeat,
        status: statusAt(index),
        durationMs: runs.durationsMs[index] ?? 0,
        slowestMs: runs.slowestMs[index] ?? -1,
        mark: marks.get(index) ?? { index },
      }
    },
    find(key) {
      const [, of = '', repeat = ''] = /^([^]*)#(\d+)$/.exec(key) ?? []
      const found = keys.get(of)
      if (!found || Number(repeat) < 1 || Number(repeat) > found.case.repeats) return undefined
      return found.case.firstRun + Number(repeat) - 1
    },
  }
}
