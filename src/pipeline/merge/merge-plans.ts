import type { CaseSummary, EntrySummary, PlanSummary } from '../../domain/event.js'
import type { CaseKey } from '../../domain/ids.js'
import type { Overlap } from '../../domain/merged-from.js'

/** The plan of several results, and the place in it of each of their runs. */
export interface MergedPlan {
  readonly plan: PlanSummary
  /** By part: the new index of each of its runs, by its index there. */
  readonly places: readonly Int32Array[]
  /** The new indexes of runs that are in several parts: further attempts of the same run. */
  readonly shared: ReadonlySet<number>
  /** Cases that several parts have, each with the numbers of these parts. */
  readonly overlaps: readonly { readonly key: CaseKey; readonly parts: readonly number[] }[]
}

interface MergedCase {
  readonly slug: string
  readonly summary: CaseSummary
  /** Its place in each part that has it, in the order of parts. */
  readonly in: { readonly part: number; readonly firstRun: number; readonly repeats: number }[]
}

/**
 * Joins the plans of parts of one suite, in the order of the suite: a case's index is its place in there, whatever part runs it.
 *
 * @param plans  At least one; of one suite and one seed.
 */
export function mergePlans(plans: readonly PlanSummary[], overlap: Overlap): MergedPlan {
  const cases = casesIn(plans)
  const places = plans.map(({ totalRuns }) => new Int32Array(totalRuns))
  const shared = new Set<number>()
  const bySlug = new Map<string, CaseSummary[]>()
  let totalRuns = 0
  for (const { slug, summary, in: found } of cases) {
    const repeats = overlap === 'repeats' ? sum(found.map(each => each.repeats)) : Math.max(...found.map(each => each.repeats))
    let next = totalRuns
    for (const { part, firstRun, repeats: own } of found) {
      for (let i = 0; i < own; i += 1) places[part]![firstRun + i] = next + i
      if (overlap === 'repeats') next += own
      else if (found.length > 1) for (let i = 0; i < own; i += 1) shared.add(totalRuns + i)
    }
    bySlug.set(slug, [...(bySlug.get(slug) ?? []), { ...summary, repeats, firstRun: totalRuns }])
    totalRuns += repeats
  }
  const entries = [...bySlug].map(([slug, own], index) => mergeEntry(plans, slug, own, index))
  const overlaps = cases.flatMap(({ summary, in: found }) =>
    found.length > 1 ? [{ key: summary.key, parts: found.map(({ part }) => part) }] : [],
  )
  return { plan: { ...plans[0]!, ...modelsOf(plans), totalRuns, entries }, places, shared, overlaps }
}

/** Every case once, in the order of the suite. */
function casesIn(plans: readonly PlanSummary[]): MergedCase[] {
  const byKey = new Map<CaseKey, MergedCase>()
  for (const [part, { entries }] of plans.entries()) {
    for (const { slug, cases } of entries) {
      for (const summary of cases) {
        const { key, firstRun, repeats } = summary
        const known = byKey.get(key) ?? { slug, summary, in: [] }
        byKey.set(key, known)
        known.in.push({ part, firstRun, repeats })
      }
    }
  }
  return [...byKey.values()].toSorted((a, b) => a.summary.index - b.summary.index)
}

function mergeEntry(plans: readonly PlanSummary[], slug: string, cases: readonly CaseSummary[], index: number): EntrySummary {
  const parts = plans.flatMap(({ entries }) => entries.filter(entry => entry.slug === slug))
  const { deniedTools: _tools, deniedMetadata: _metadata, ...first } = parts[0]!
  const names = sorted(parts.flatMap(({ deniedTools = [] }) => deniedTools.map(({ name }) => name)))
  const keysOf = (tool: string): string[] =>
    sorted(parts.flatMap(({ deniedTools = [] }) => deniedTools.flatMap(({ name, keys }) => (name === tool ? keys : []))))
  const metadata = sorted(parts.flatMap(({ deniedMetadata = [] }) => deniedMetadata))
  return {
    ...first,
    index,
    ...(names.length > 0 && { deniedTools: names.map(name => ({ name, keys: keysOf(name) })) }),
    ...(metadata.length > 0 && { deniedMetadata: metadata }),
    cases,
  }
}

/** A part names only the models that its own cases need. */
function modelsOf(plans: readonly PlanSummary[]): Partial<PlanSummary> {
  const first = <Key extends 'controls' | 'caller' | 'judge' | 'tts' | 'stt'>(key: Key): Pick<PlanSummary, Key> | object => {
    const found = plans.find(plan => plan[key] !== undefined)
    return found ? { [key]: found[key] } : {}
  }
  return { ...first('controls'), ...first('caller'), ...first('judge'), ...first('tts'), ...first('stt') }
}

function sorted(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted()
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}
