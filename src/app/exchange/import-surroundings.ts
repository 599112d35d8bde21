import type { SuiteDraft } from '../../adapters/exchange/suite-draft.js'
import type { Surroundings } from '../../adapters/exchange/suite-yaml.js'
import { judgedMetrics } from '../../domain/judged-metrics.js'
import type { Connection, Model, Scenario } from '../../domain/generated/suite.js'

export interface SurroundingsUse {
  readonly schema: string
  readonly agentUrl?: string
}

/** What an imported suite needs besides scenarios: an agent, and models for texts in plain language. */
export function surroundingsOf(draft: SuiteDraft, { schema, agentUrl }: SurroundingsUse): Surroundings {
  const scenarios = [...draft.scenarios.values()]
  const models = {
    ...(scenarios.some(speaksFreely) && { caller: model('LLM_CALLER_MODEL', 'gpt-4.1-mini') }),
    ...(scenarios.some(isJudged) && { judge: model('LLM_JUDGE_MODEL', 'gpt-4.1') }),
  }
  const needsModels = Object.keys(models).length > 0
  return {
    schema,
    ...connectionTo(agentUrl),
    ...(needsModels && {
      models,
      modelsNote: 'The models that play the caller and judge: any chat completions endpoint. Set LLM_KEY.',
    }),
  }
}

function connectionTo(url: string | undefined): { connection: Connection; connectionNote: string } {
  if (url === undefined) {
    return {
      connection: { type: 'websocket', url: '${AGENT_URL:-ws://127.0.0.1:8765}' },
      connectionNote: 'Set AGENT_URL, or describe the connection to your agent: http, openai, websocket, command or module.',
    }
  }
  if (/^https?:/i.test(url)) {
    return {
      connection: { type: 'http', url, reply: '/reply', tool_calls: '/tools', end: '/done' },
      connectionNote: "JSON Pointers into your agent's answers. body is what is sent: { message, session }.",
    }
  }
  return { connection: { type: 'websocket', url }, connectionNote: 'JSON frames: { "content": "..." }' }
}

function model(variable: string, usual: string): Model {
  return { base_url: '${LLM_URL:-https://api.openai.com/v1}', model: `\${${variable}:-${usual}}`, api_key: '${LLM_KEY:-}' }
}

/** Whether a model must choose the caller's words or understand the agent's. */
function speaksFreely({ instructions, conditional_actions }: Scenario): boolean {
  if (instructions !== undefined) return true
  return (conditional_actions?.conditions ?? []).some(
    ({ type, condition, fixed_message }, index) =>
      !fixed_message || (index > 0 && type === 'standard' && !/^\s*contains\s+"[^"]*[^"\s][^"]*"\s*$/i.test(String(condition))),
  )
}

function isJudged({ expected_outcome, metrics }: Scenario): boolean {
  return expected_outcome !== undefined || (metrics ?? []).some(name => Object.hasOwn(judgedMetrics, name))
}
