import { causeId } from '../../domain/cause-id.js'
import { shapedShortfalls } from '../../domain/cause-shape.js'
import type { CaseSummary, PlanSummary, RunAmended, RunEnded } from '../../domain/event.js'
import { countsAgainstAgent } from '../../domain/outcome.js'
import { runKey } from '../../domain/plan.js'
import type { Cause, Report } from '../../domain/report.js'
import { shorten } from '../../domain/safe-text.js'
import type { Shortfall } from '../../domain/shortfall.js'
import { criticalCases } from '../../domain/critical-cases.js'

/** A report has at most this many causes. */
const mostCauses = 100
/** Kept of each cause, in case that the first of them ends otherwise after all. */
const mostExamples = 5
/** Of a case, so many causes are named. */
const mostOfCase = 5
const longestText = 500

/** The causes for which runs did not pass: the only place that groups failures. */
export interface Causes {
  /** Takes the end of a run; if it ends again, the last end counts. */
  add(event: RunEnded | RunAmended): void
  report(): Pick<Report, 'causes' | 'otherCauses'>
  /** For each case whose runs failed, by its index: the ids of the causes, the most frequent first. */
  ofCases(): ReadonlyMap<number, readonly string[]>
}

interface Group {
  readonly id: string
  readonly kind: Cause['kind']
  readonly runs: Set<number>
  /** The first runs in plan order, as far as they are kept. */
  readonly examples: Map<number, Shortfall>
}

/** @param caseOf  The case of a run. */
export function createCauses(plan: PlanSummary, caseOf: (run: number) => CaseSummary): Causes {
  const groups = new Map<string, Group>()
  const ofRun = new Map<number, readonly Group[]>()
  const critical = criticalCases(plan)

  function forget(index: number): void {
    for (const group of ofRun.get(index) ?? []) {
      group.runs.delete(index)
      group.examples.delete(index)
      if (group.runs.size === 0) groups.delete(group.id)
    }
    ofRun.delete(index)
  }

  /**
   * By the first run of each, and by its place among the causes of that run: whichever runs ended first, and not by ids, which hash words,
   * so that a secret among these would change the order.
   */
  function inOrder(): Group[] {
    const placed = [...groups.values()].map(group => {
      const first = firstOf(group.runs)
      return { group, first, place: ofRun.get(first)?.indexOf(group) ?? 0 }
    })
    return placed.toSorted((a, b) => a.first - b.first || a.place - b.place).map(({ group }) => group)
  }

  return {
    add({ index, outcome }) {
      forget(index)
      const { status } = outcome
      if (status === 'passed' || status === 'not_run') return
      const own = shapedShortfalls(outcome).map(({ shape, shortfall }) => {
        const id = causeId(shape)
        const group = groups.get(id) ?? { id, kind: status, runs: new Set(), examples: new Map() }
        groups.set(id, group)
        group.runs.add(index)
        keepExample(group.examples, index, shortfall)
        return group
      })
      ofRun.set(index, own)
    },
    report() {
      const all = inOrder()
        .map(group => causeOf(group, caseOf, critical))
        .toSorted(worstFirst)
      const others = all.length - mostCauses
      return { ...(all.length > 0 && { causes: all.slice(0, mostCauses) }), ...(others > 0 && { otherCauses: others }) }
    },
    ofCases() {
      const counts = new Map<number, Map<string, number>>()
      for (const { id, kind, runs } of inOrder()) {
        if (!countsAgainstAgent(kind)) continue
        for (const run of runs) {
          const { index } = caseOf(run)
          const own = counts.get(index) ?? new Map<string, number>()
          counts.set(index, own.set(id, (own.get(id) ?? 0) + 1))
        }
      }
      return new Map([...counts].map(([index, own]) => [index, mostFrequent(own)]))
    },
  }
}

function firstOf(runs: Iterable<number>): number {
  let first = Infinity
  for (const run of runs) first = Math.min(first, run)
  return first
}

function mostFrequent(counts: ReadonlyMap<string, number>): readonly string[] {
  const sorted = [...counts].toSorted(([, many], [, more]) => more - many)
  return sorted.slice(0, mostOfCase).map(([id]) => id)
}

/** Keeps the first runs in plan order, whichever ended first. */
function keepExample(examples: Map<number, Shortfall>, index: number, shortfall: Shortfall): void {
  const last = Math.max(...examples.keys())
  if (examples.size >= mostExamples && index > last) return
  if (examples.size >= mostExamples) examples.delete(last)
  examples.set(index, shortfall)
}

function causeOf({ id, kind, runs, examples }: Group, caseOf: (run: number) => CaseSummary, critical: ReadonlySet<number>): Cause {
  const index = firstOf(examples.size > 0 ? examples.keys() : runs)
  const { what = kind, seen = '', turn, line } = examples.get(index) ?? {}
  const own = caseOf(index)
  const cases = new Set([...runs].map(run => caseOf(run).index))
  return {
    id,
    kind,
    check: shorten(what, longestText),
    runs: runs.size,
    cases: cases.size,
    ...([...cases].some(each => critical.has(each)) && { mustPass: true }),
    example: {
      run: runKey(own.key, index - own.firstRun + 1),
      index,
      seen: shorten(seen, longestText),
      ...(turn !== undefined && { turn }),
      file: own.scenario.file,
      line: line ?? own.scenario.line,
    },
  }
}

const kinds: readonly Cause['kind'][] = ['failed', 'agent_error', 'infra_error', 'caller_invalid', 'unscored']

function worstFirst(a: Cause, b: Cause): number {
  const byBlame = Number(isInconclusive(a)) - Number(isInconclusive(b))
  const byRule = Number(b.mustPass ?? false) - Number(a.mustPass ?? false)
  return byBlame || byRule || b.runs - a.runs || a.example.index - b.example.index || kinds.indexOf(a.kind) - kinds.indexOf(b.kind)
}

function isInconclusive({ kind }: Cause): boolean {
  return kind !== 'failed' && kind !== 'agent_error'
}
