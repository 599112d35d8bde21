import { isRecord } from '../../../domain/json-value.js'
import type { MockTool } from '../../../domain/mock-tool.js'
import type { AgentEvent, Call, Hear, ToolCalled } from '../../../ports/channel.js'

/** The tools of one conversation, and the answers of those that are mocked. */
export interface ToolAnswers {
  /** As the API has them; the connection's own first. `undefined` where there are none. */
  readonly definitions: readonly unknown[] | undefined
  /** Whether an event is a call that the mock tools answer: of one of them, or of a tool that nobody has. */
  areFor(event: AgentEvent): boolean
  /** Answers such a call. @returns What the tool gave, as text. */
  answer(call: ToolCalled, hear: Hear, signal: AbortSignal): Promise<string>
}

export function createToolAnswers(own: readonly unknown[] | undefined, { tools, elapsedS }: Call): ToolAnswers {
  const defined = new Set(own?.map(nameIn))
  const mocked = new Set(tools?.list.map(({ name }) => name))
  // Who defines a tool in the connection and mocks it has said better what it is.
  const added = tools?.list.filter(({ name }) => !defined.has(name)).map(definitionOf) ?? []
  return {
    definitions: own || added.length > 0 ? [...(own ?? []), ...added] : undefined,
    areFor: event => {
      if (event.type !== 'tool_called' || !tools) return false
      return mocked.has(event.name) || !defined.has(event.name)
    },
    answer: async ({ id, name, arguments: args }, hear, signal) => {
      if (!tools) throw new Error('There are no mock tools in this call.')
      const { result, isUnmatched } = await tools.answer(name, args, signal)
      const unmatched = isUnmatched && ({ unmatched: true } as const)
      hear({ type: 'tool_returned', ...(id !== undefined && { id }), name, result, ...unmatched, atS: elapsedS() })
      return typeof result === 'string' && result !== '' ? result : JSON.stringify(result)
    },
  }
}

function definitionOf({ name, description, parameters = { type: 'object', properties: {} } }: MockTool): object {
  return { type: 'function', function: { name, ...(description !== undefined && { description }), parameters } }
}

function nameIn(definition: unknown): unknown {
  return isRecord(definition) && isRecord(definition['function']) ? definition['function']['name'] : undefined
}
