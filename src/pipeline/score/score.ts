import type { Assertion } from '../../domain/assertion.js'
import type { Scenario } from '../../domain/document.js'
import type { Metric } from '../../domain/metric.js'
import { locate } from '../../domain/source.js'
import type { Transcript } from '../../domain/transcript.js'
import type { Check, Holds, MetricScore, Verdict } from '../../domain/verdict.js'
import type { Patterns } from '../../ports/patterns.js'
import { bothSidesSpoke } from './both-sides-spoke.js'
import { describe, metricsIn } from './checks/describe.js'
import type { Finding } from './checks/finding.js'
import { hold } from './checks/hold.js'
import { sortOut } from './conversation.js'
import { scoreMetric } from './metrics/score-metric.js'
import { scriptGotGoing } from './script-got-going.js'

/**
 * Scores conversations of a suite. Synchronous: everything here is deterministic.
 *
 * The checks are, in this order: that both sides spoke, that the script got going (where there is doubt), each assertion of the scenario's `expect`, and its expected
 * outcome, which stays unknown without a judge. The metrics are those that the scenario lists, then those that only its
 * assertions name.
 *
 * A conversation in which the caller never spoke proves nothing: its verdict is `unknown`, whatever the checks say.
 */
export function createScorer(use: {
  readonly metrics: readonly Metric[]
  readonly patterns: Patterns
}): (scenario: Scenario, transcript: Transcript) => Verdict {
  const metrics = new Map(use.metrics.map(metric => [metric.key, metric]))
  const prepared = new WeakMap<Scenario, PreparedScenario>()

  return (scenario, transcript) => {
    let asked = prepared.get(scenario)
    if (!asked) prepared.set(scenario, (asked = prepare(scenario, metrics)))

    const conversation = sortOut(transcript)
    const scores = new Map<string, MetricScore>()
    for (const metric of asked.metrics) scores.set(metric.key, scoreMetric(metric, conversation, use.patterns))

    const spoke = bothSidesSpoke(conversation)
    const stuck = scriptGotGoing(scenario, conversation)
    const checks = stuck ? [spoke, stuck] : [spoke]
    for (const { assertion, text, line } of asked.assertions) {
      checks.push(toCheck(text, line, hold(assertion, { conversation, scores, patterns: use.patterns })))
    }
    if (asked.outcome) checks.push(asked.outcome)

    const unscored = scenario.metrics.some(key => (scores.get(key)?.value ?? null) === null)
    return {
      holds: spoke.holds === 'unknown' ? 'unknown' : together(checks, unscored),
      checks,
      metrics: [...scores.values()],
    }
  }
}

/** What a scenario asks, worked out once for all its runs. */
interface PreparedScenario {
  readonly assertions: readonly { readonly assertion: Assertion; readonly text: string; readonly line: number }[]
  readonly metrics: readonly Metric[]
  readonly outcome: Check | undefined
}

function prepare(scenario: Scenario, metrics: ReadonlyMap<string, Metric>): PreparedScenario {
  const named = new Set([...scenario.metrics, ...scenario.expect.flatMap(metricsIn)])
  return {
    assertions: scenario.expect.map(assertion => ({
      assertion,
      text: describe(assertion),
      line: locate(assertion.at.file, assertion.at.start).line,
    })),
    metrics: [...named].flatMap(key => metrics.get(key) ?? []),
    outcome: scenario.expectedOutcome === undefined ? undefined : unjudged,
  }
}

const unjudged: Check = {
  assertion: 'expected outcome',
  holds: 'unknown',
  because: 'no judge was there to tell whether the expected outcome came about',
}

function toCheck(assertion: string, line: number, { holds, saw, turn }: Finding): Check {
  return { assertion, holds, because: holds === 'yes' ? '' : saw(), ...(turn !== undefined && { turn }), line }
}

function together(checks: readonly Check[], unscored: boolean): Holds {
  if (checks.some(({ holds }) => holds === 'no')) return 'no'
  return unscored || checks.some(({ holds }) => holds === 'unknown') ? 'unknown' : 'yes'
}
