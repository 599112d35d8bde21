import type { RunEnded } from '../../domain/event.js'
import type { OutcomeStatus } from '../../domain/outcome.js'
import { shorten } from '../../domain/safe-text.js'
import { shortfallLine, shortfalls } from '../../domain/shortfall.js'
import { slowestReplyMs } from './replies.js'

/** What lists show of all runs, in plan order. */
export interface RunColumns {
  /** A letter a run; see {@link letters}. */
  readonly outcomes: string
  readonly durationsMs: readonly number[]
  /** The slowest reply of each; -1 if there was none. */
  readonly slowestMs: readonly number[]
  /** Names of tools that agents called. */
  readonly tools: readonly string[]
  /** What only some runs have, in plan order. */
  readonly marks: readonly RunMark[]
}

export interface RunMark {
  readonly index: number
  readonly flaky?: true
  /** If more than one. */
  readonly attempts?: number
  /** Places of its causes in the report. */
  readonly causes?: readonly number[]
  /** Why it did not pass, in one line. */
  readonly why?: string
  /** Places of its tools in the list of names. */
  readonly tools?: readonly number[]
  /** It was a call. */
  readonly sound?: true
  /** Waivers cover all for which it failed. */
  readonly waived?: true
}

export const letters: Readonly<Record<OutcomeStatus, string>> = {
  passed: 'p',
  failed: 'f',
  agent_error: 'a',
  infra_error: 'i',
  caller_invalid: 'c',
  unscored: 'u',
  not_run: 'n',
}

/** So many tools of a run can be searched for. */
const mostTools = 50
const longestWhy = 200

/** Collects the columns. */
export interface ColumnBuilder {
  /** Takes the next run in plan order. @param causes  Places of its causes in the report. */
  add(run: RunEnded, causes: readonly number[], isWaived: boolean): void
  columns(): RunColumns
}

export function createColumns(): ColumnBuilder {
  const outcomes: string[] = []
  const durationsMs: number[] = []
  const slowestMs: number[] = []
  const tools = new Map<string, number>()
  const marks: RunMark[] = []

  const toolsOf = ({ outcome }: RunEnded): number[] => {
    if (!('transcript' in outcome)) return []
    const names = new Set(outcome.transcript.moments.flatMap(moment => (moment.type === 'tool_called' ? [moment.name] : [])))
    return [...names].slice(0, mostTools).map(name => {
      const place = tools.get(name) ?? tools.size
      tools.set(name, place)
      return place
    })
  }
  return {
    add(run, causes, isWaived) {
      const { index, outcome, durationMs, earlier, flaky } = run
      outcomes.push(letters[outcome.status])
      durationsMs.push(Math.round(durationMs))
      slowestMs.push(('transcript' in outcome && slowestReplyMs(outcome.transcript)) || -1)
      const own = toolsOf(run)
      const [first] = shortfalls(outcome)
      const mark: Omit<RunMark, 'index'> = {
        ...(flaky && { flaky }),
        ...(earlier.length > 0 && { attempts: earlier.length + 1 }),
        ...(causes.length > 0 && { causes }),
        ...(first && outcome.status !== 'not_run' && { why: shorten(shortfallLine(first), longestWhy) }),
        ...(own.length > 0 && { tools: own }),
        ...('transcript' in outcome && outcome.transcript.sound && { sound: true }),
        ...(isWaived && { waived: true }),
      }
      if (Object.keys(mark).length > 0) marks.push({ index, ...mark })
    },
    columns: () => ({ outcomes: outcomes.join(''), durationsMs, slowestMs, tools: [...tools.keys()], marks }),
  }
}
