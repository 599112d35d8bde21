import type { Catalogue } from '../catalogue/catalogue.js'
import { readRunScenarios, type RunScenariosBody, type Sent } from './read-run-scenarios.js'
import type { Whole } from './read-selection.js'
import type { WantedResult } from './start-result.js'

/** @see schemas/api/requests.schema.json, RunScenariosApiChat */
export interface RunScenariosApiChatBody extends RunScenariosBody {
  /** Seconds. */
  readonly timeout?: Whole
}

/** `run_scenarios_api_chat/`: the client speaks the agent's part. @throws {Refusal} 400 */
export function readRunScenariosApiChat(sent: Sent<RunScenariosApiChatBody>, catalogue: Catalogue): WantedResult {
  return readRunScenarios(sent, catalogue, ({ timeout }) => ({
    kind: 'chat',
    ...(timeout !== undefined && { timeoutMs: Number(timeout) * 1000 }),
  }))
}
