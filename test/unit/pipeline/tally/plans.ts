import * as fc from 'fast-check'
import type { RunEnded } from '../../../../src/domain/event.js'
import type { Thresholds } from '../../../../src/domain/thresholds.js'
import { repeatsOf } from '../../../../src/pipeline/plan/until-decided.js'
import { ended, numeric, started, type CaseDraft, type Ending, type EntryDraft, type PlanDraft } from './journals.js'

/** Endings that say something about the agent. */
export const told: readonly Ending[] = ['passed', 'passed', 'passed', 'failed', 'agent_error']
const untold: readonly Ending[] = ['infra_error', 'caller_invalid', 'unscored', 'not_run:cancelled', 'not_run:suite_timeout']
export const anyEnding: readonly Ending[] = [...told, ...told, ...untold]

const share = fc.constantFrom(0, 0.3, 0.5, 2 / 3, 0.75, 0.9, 1)
const rate = fc.record({ min: share, confidence: fc.constantFrom(0.5, 0.8, 0.95) }, { requiredKeys: ['min'] })

// One rule at a time, so that often nothing but that rule decides.
const thresholds: fc.Arbitrary<Partial<Thresholds>> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ passRate: rate }) },
  { weight: 3, arbitrary: fc.record({ eachScenario: rate }) },
  fc.record({ allOf: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ coverage: share }),
  fc.record({ passRate: rate, coverage: share }),
  fc.record({ passRate: rate, mustPass: fc.constant({ tags: ['smoke'], scenarios: ['s0'] }) }),
  fc.constant({ metrics: [{ metric: 'reply', statistic: 'p90' as const, bounds: { max: 50 } }] }),
)
const caseDraft = fc.record({
  repeats: fc.integer({ min: 1, max: 6 }),
  scenario: fc.constantFrom('s0', 's1', 's2'),
  tags: fc.subarray(['smoke']),
})
const ownCase = fc.oneof(
  { weight: 4, arbitrary: caseDraft },
  fc.tuple(caseDraft, thresholds).map(([each, own]) => ({ ...each, thresholds: own })),
)
const entryDraft: fc.Arbitrary<EntryDraft> = fc.record(
  { cases: fc.array(ownCase, { minLength: 1, maxLength: 3 }), thresholds },
  { requiredKeys: ['cases'] },
)

/** Any small plan. */
const planDraft: fc.Arbitrary<PlanDraft> = fc
  .record({ entries: fc.array(entryDraft, { minLength: 1, maxLength: 3 }), thresholds }, { requiredKeys: ['entries'] })
  .chain(plan =>
    fc.oneof(
      { weight: 4, arbitrary: fc.constant(plan) },
      fc.integer({ min: 1, max: 4 }).map(maxFailures => ({ ...plan, maxFailures })),
    ),
  )

export interface Scene {
  readonly plan: PlanDraft
  /** An end for each run, in plan order. */
  readonly ends: readonly RunEnded[]
}

/** Any small plan, and any way its runs end. */
export const scenes: fc.Arbitrary<Scene> = scenesOf(planDraft)

/** The same with the runs ending in any order. */
export const disorderedScenes = disordered(scenes)

/** The same of plans in which some cases run until they are decided. */
export const adaptiveScenes = disordered(
  scenesOf(
    fc.tuple(planDraft, fc.infiniteStream(fc.boolean())).map(([plan, isAdaptive]) => ({
      ...plan,
      entries: plan.entries.map(entry => ({
        ...entry,
        cases: entry.cases.map(each => (isAdaptive.next().value ? untilDecided(each, entry, plan) : each)),
      })),
    })),
  ),
)

/** A case that is asked how often it passes, so that its runs may decide that. */
function untilDecided(draft: CaseDraft, entry: EntryDraft, plan: PlanDraft): CaseDraft {
  const above = { suite: whole(plan.thresholds), entry: whole(entry.thresholds), scenario: whole(draft.thresholds) }
  const planned = repeatsOf({ min: Math.ceil(draft.repeats / 3), max: draft.repeats }, above)
  return planned.untilDecided && planned.untilDecided.bars.length > 0 ? { ...draft, ...planned } : draft
}

function whole(asked: Partial<Thresholds> | undefined): Thresholds {
  return { metrics: [], ...asked }
}

function scenesOf(plans: fc.Arbitrary<PlanDraft>): fc.Arbitrary<Scene> {
  return plans.chain(plan => {
    const ends = Array.from({ length: runsIn(plan) }, (_, index) => anyEnd(index))
    return fc.tuple(...ends).map(each => ({ plan, ends: each }))
  })
}

function disordered(ordered: fc.Arbitrary<Scene>): fc.Arbitrary<Scene & { inOrder: Scene['ends'] }> {
  return ordered.chain(({ plan, ends }) =>
    fc.shuffledSubarray([...ends], { minLength: ends.length }).map(shuffled => ({ plan, ends: shuffled, inOrder: ends })),
  )
}

export function runsIn({ entries }: PlanDraft): number {
  return started({ entries }).plan.totalRuns
}

function anyEnd(index: number): fc.Arbitrary<RunEnded> {
  const sample = fc.double({ min: 0, max: 100, noNaN: true })
  return fc
    .tuple(fc.constantFrom(...anyEnding), sample, fc.array(sample), fc.constantFrom([], [], ['failed' as const]))
    .map(([ending, first, others, earlier]) =>
      ended(index, ending, { metrics: [numeric(first, [first, ...others])], durationMs: first, earlier }),
    )
}
