import type { Document, Scenario } from '../../domain/document.js'
import { asksJudge } from '../../domain/metric.js'
import type { PlannedControl } from '../../domain/plan.js'
import { selectScenarios } from '../../domain/selection.js'

/**
 * The judge controls, if any run needs a judge: all of them, whatever was selected. It is one judge, no more reliable with
 * one scenario than with another.
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
