import { serviceFaults } from '../../domain/faults/service-faults.js'
import type { Fault } from '../../domain/fault.js'
import type { HostedCase, HostedRequest } from '../../domain/hosted.js'
import type { Check } from '../../domain/verdict.js'
import type { HostedRun } from '../../ports/hosted-service.js'

/** Which run was asked for: its scenario's and its agent's id at the service; `undefined` where they are not known. */
export interface AskedFor {
  readonly scenario: number | undefined
  readonly agent: number | undefined
}

/** What was asked for, by the id of the run. */
export function askedFor(cases: readonly HostedCase[], agent: number | undefined): ReadonlyMap<number, AskedFor> {
  // A case whose scenario the service did not name has the id 0.
  return new Map(cases.flatMap(({ scenario, runs }) => runs.map(run => [run, { scenario: scenario.id || undefined, agent }] as const)))
}

/** The id of a scenario that was begun although the request lists others; `undefined` if there is none. */
export function otherScenario(cases: readonly HostedCase[], { scenarios }: HostedRequest): number | undefined {
  if (typeof scenarios !== 'object') return undefined
  return cases.map(({ scenario }) => scenario.id).find(id => id !== 0 && !scenarios.includes(id))
}

/** The fault of a service that answers with a run that nobody asked for. */
export function otherRun({ id, scenario, agent }: HostedRun, asked: AskedFor): Fault | undefined {
  const noun = isOther(scenario, asked.scenario) ? 'scenario' : isOther(agent, asked.agent) ? 'agent' : undefined
  return noun && serviceFaults.otherRun({ run: id, noun, told: { scenario, agent }[noun], asked: asked[noun] })
}

/** What speaks against a success that the service reports. A success that it contradicts itself is no evidence. */
export function contradictions({ id, success, error, outcome }: HostedRun): Check[] {
  if (success !== true) return []
  const against: string[] = []
  if (outcome?.score !== undefined && outcome.score !== null && outcome.score <= 0)
    against.push(`the score of its expected outcome is ${outcome.score}`)
  const unmet = outcome?.claims.find(({ holds }) => holds === 'no')
  if (unmet) against.push(`its expected outcome says "${unmet.claim}"`)
  if (error !== undefined && error.trim() !== '') against.push(`its error_message is "${error.trim()}"`)
  if (against.length === 0) return []
  const because = `it is reported as a success, but ${against.join(', and ')}`
  return [{ assertion: `what the service reports of run ${id} agrees`, holds: 'unknown', because }]
}

function isOther(told: number | undefined, asked: number | undefined): boolean {
  return told !== undefined && asked !== undefined && told !== asked
}
