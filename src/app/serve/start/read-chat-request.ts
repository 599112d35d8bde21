import type { Catalogue } from '../catalogue/catalogue.js'
import type { RunScenariosApiChat } from '../generated/requests.js'
import { readRunScenarios, type Sent } from './read-run-scenarios.js'
import type { WantedResult } from './start-result.js'

/** `run_scenarios_api_chat/`: the client plays the agent. @throws {Refusal} 400 */
export function readRunScenariosApiChat(sent: Sent<RunScenariosApiChat>, catalogue: Catalogue): WantedResult {
  return readRunScenarios(sent, catalogue, ({ timeout }) => ({
    kind: 'chat',
    ...(timeout !== undefined && { timeoutMs: Number(timeout) * 1000 }),
  }))
}
