import { countsAgainstAgent } from '../../domain/outcome.js'
import { decide, type Decision, type Tried } from '../../domain/sequential-test.js'
import type { Bar, UntilDecided } from '../../domain/thresholds.js'
import { openRun, type RunState } from './run-state.js'

/**
 * The repeats of a case that runs until its bars are decided.
 *
 * It looks at them one by one in plan order, whatever order they end in: repeats after an open one must wait, and repeats
 * after the deciding one are ignored. So a verdict depends only on what the agent did, not on how many runs were in progress
 * or on failures taking longer than passes.
 */
export interface Trial {
  readonly bars: readonly Bar[]
  /** Sets the state of a repeat, by its index from 0. */
  set(repeat: number, state: RunState): void
  /** Whether all of its bars are met, or one is not. */
  verdict(): Decision
  verdictOf(of: Bar['of'], rule: Bar['rule']): Decision
  /** The repeats looked at so far. Once the case is decided, no others are required. */
  looked(): Looked
  /**
   * The first counted repeats: only as many as are conducted in any event, so that their number does not depend on their
   * results.
   */
  first(): Tried & { readonly open: number }
}

export interface Looked extends Tried {
  /** Includes inconclusive repeats, but not those left out. */
  readonly asked: number
}

export function createTrial(untilDecided: UntilDecided, repeats: number): Trial {
  const { min, bars } = untilDecided
  const states: RunState[] = Array.from({ length: repeats }, () => openRun)
  let next = 0
  let looked = nothing
  let first: Tried = nothing
  let verdicts: Decision[] = bars.map(() => 'undecided')

  const startAnew = (): void => {
    next = 0
    looked = nothing
    first = nothing
    verdicts = bars.map(() => 'undecided')
  }

  const lookOn = (): void => {
    for (; next < repeats && together(verdicts) === 'undecided'; next += 1) {
      const { status, leftOut } = states[next]!
      if (status === 'open') return
      const { asked, passed, failed } = looked
      looked = {
        asked: asked + Number(!leftOut),
        passed: passed + Number(status === 'passed'),
        failed: failed + Number(countsAgainstAgent(status)),
      }
      const counted = looked.passed + looked.failed
      if (counted === passed + failed) continue
      if (counted <= min) first = looked
      // A bar's first answer stays: its error rates are about that one.
      if (counted >= min) verdicts = verdicts.map((before, i) => (before === 'undecided' ? decide(looked, bars[i]!) : before))
    }
  }

  return {
    bars,
    set(repeat, state) {
      states[repeat] = state
      if (repeat < next) startAnew()
      lookOn()
    },
    verdict: () => together(verdicts),
    verdictOf: (of, rule) => verdicts[bars.findIndex(bar => bar.of === of && bar.rule === rule)] ?? 'undecided',
    looked: () => looked,
    first: () => ({ ...first, open: together(verdicts) === 'undecided' ? Math.min(min - first.passed - first.failed, repeats - next) : 0 }),
  }
}

const nothing: Looked = { asked: 0, passed: 0, failed: 0 }

function together(verdicts: readonly Decision[]): Decision {
  if (verdicts.includes('not_met')) return 'not_met'
  return verdicts.every(verdict => verdict === 'met') ? 'met' : 'undecided'
}
