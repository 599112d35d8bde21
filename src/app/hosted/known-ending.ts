import type { Assertion } from '../../domain/assertion.js'
import { leavesOf } from '../../domain/assertion-leaves.js'
import type { Scenario } from '../../domain/document.js'
import type { RunSpec } from '../../domain/plan.js'
import type { Check } from '../../domain/verdict.js'
import type { HostedRun } from '../../ports/hosted-service.js'

/** A check about an ending is inconclusive if the service does not say who ended the conversation. */
export function endingIsKnown({ id, saysWhoEnded: isSaid }: HostedRun, { expect }: Scenario): Check[] {
  if (isSaid || !expect.some(isAboutEnding)) return []
  return [{ assertion: 'how the conversation ended is known', holds: 'unknown', because: `the service does not say who ended run ${id}` }]
}

/** The spec without the checks about who ended the conversation. */
export function withoutEndings(spec: RunSpec): RunSpec {
  const { scenario } = spec.case
  return { ...spec, case: { ...spec.case, scenario: { ...scenario, expect: scenario.expect.filter(each => !isAboutEnding(each)) } } }
}

function isAboutEnding(assertion: Assertion): boolean {
  return leavesOf(assertion).some(leaf => leaf.assertion.kind === 'ended_by')
}
