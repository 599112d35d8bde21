import { stringifyExact } from '../../../domain/exact-number.js'
import { isRecord } from '../../../domain/json-value.js'
import type { MockTool } from '../../../domain/mock-tool.js'
import type { AgentEvent, Call, Hear, ToolCalled } from '../../../ports/channel.js'

/** The tools of one conversation, and the answers of the mocked ones. */
export interface ToolAnswers {
  /** The tools in the API's format, the connection's own first; `undefined` if there are none. */
  readonly definitions: readonly unknown[] | undefined
  /** Whether the event is a call that the mock tools answer: of a mock tool, or of an undefined tool. */
  areFor(event: AgentEvent): boolean
  /** Answers such a call. @returns The tool's result as text. */
  answer(call: ToolCalled, hear: Hear, signal: AbortSignal): Promise<string>
}

export function createToolAnswers(own: readonly unknown[] | undefined, { tools, elapsedS }: Call): ToolAnswers {
  const defined = new Set(own?.map(nameIn))
  const mocked = new Set(tools?.list.map(({ name }) => name))
  // If the connection defines a tool that is also mocked, its definition is the better one.
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
      return typeof result === 'string' && result !== '' ? result : stringifyExact(result)
    },
  }
}

function definitionOf({ name, description, parameters = { type: 'object', properties: {} } }: MockTool): object {
  return { type: 'function', function: { name, ...(description !== undefined && { description }), parameters } }
}

function nameIn(definition: unknown): unknown {
  return isRecord(definition) && isRecord(definition['function']) ? definition['function']['name'] : undefined
}
