import type { Document, Scenario } from '../../domain/document.js'
import { asksJudge } from '../../domain/metric.js'
import type { PlannedControl } from '../../domain/plan.js'
import { selectScenarios } from '../../domain/selection.js'

/**
 * What the judge is judged by, where any run needs one: all of it, whatever was selected. A judge is one judge, and is to be
 * trusted with one scenario no more than with another.
 */
export function plannedControls(planned: readonly Scenario[], document: Document): PlannedControl[] {
  const { controls, entries, scenarios, agents, metrics } = document
  if (!planned.some(scenario => asksJudge(scenario, metrics))) return []
  return controls.flatMap(control => {
    const running = entries.find(entry => selectScenarios(scenarios, entry).includes(control.scenario))
    const agent = running?.agent ?? agents[0]
    const personality = running?.personalities[0] ?? control.scenario.personality
    const testProfile = running?.testProfiles[0] ?? control.scenario.testProfile
    return agent ? [{ control, agent, ...(personality && { personality }), ...(testProfile && { testProfile }) }] : []
  })
}
