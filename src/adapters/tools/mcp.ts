import { stringifyExact } from '../../domain/exact-number.js'
import { isRecord } from '../../domain/json-value.js'
import { Fields } from '../../domain/wire/fields.js'
import { argumentsOf } from '../../domain/wire/read-tool.js'
import type { MockTool } from '../../domain/mock-tool.js'
import type { ToolAnswer } from '../../ports/call-tools.js'

/** What an MCP server offers behind its protocol. */
export interface McpUse {
  readonly tools: readonly MockTool[]
  call(name: string, args: unknown): Promise<ToolAnswer>
}

/** The supported versions of the Model Context Protocol, the newest first. */
export const mcpVersions: readonly string[] = ['2025-06-18', '2025-03-26']

/**
 * Answers a message of the Model Context Protocol, or a batch of them (JSON-RPC 2.0): `initialize`, `ping`,
 * `tools/list`, `tools/call`.
 *
 * @param version  The session's version, if known.
 * @returns `undefined` if no answer is due: for notifications, and for answers to requests we never sent.
 * @see https://modelcontextprotocol.io/specification/2025-06-18
 */
export async function answerMcp(message: unknown, use: McpUse, version?: string): Promise<object | undefined> {
  if (!Array.isArray(message)) return answerOne(message, use, version)
  if (message.length === 0) return rpcError(null, invalidRequest, 'The batch is empty.')
  const answers = await Promise.all(message.map(each => answerOne(each, use, version)))
  const given = answers.filter(answer => answer !== undefined)
  return given.length > 0 ? given : undefined
}

/** Whether the message, or one of a batch, calls a tool. */
export function callsTool(message: unknown): boolean {
  return [message].flat().some(each => isRecord(each) && each['method'] === 'tools/call')
}

export const parseError = -32_700
/** Our own code: the request's call is unknown or over. */
export const refusal = -32_000
const invalidRequest = -32_600
const methodNotFound = -32_601
const invalidParams = -32_602

/** @param id  The request's id; `null` if it has no valid one (JSON-RPC 2.0, 5). */
export function rpcError(id: unknown, code: number, message: string): object {
  return { jsonrpc: '2.0', id: typeof id === 'string' || typeof id === 'number' ? id : null, error: { code, message } }
}

async function answerOne(message: unknown, use: McpUse, version: string | undefined): Promise<object | undefined> {
  if (!isRecord(message) || message['jsonrpc'] !== '2.0') {
    return rpcError(null, invalidRequest, 'Not a JSON-RPC 2.0 message.')
  }
  const { id, method } = message
  const params = isRecord(message['params']) ? message['params'] : {}
  if (method === undefined && ('result' in message || 'error' in message)) return undefined
  if (typeof method !== 'string') return rpcError(id, invalidRequest, 'The message has no method.')
  if (id === undefined) return undefined
  if (typeof id !== 'string' && typeof id !== 'number') return rpcError(null, invalidRequest, 'The id must be a string or a number.')
  const result = (value: object): object => ({ jsonrpc: '2.0', id, result: value })

  switch (method) {
    case 'initialize': {
      const asked = String(params['protocolVersion'])
      return result({
        protocolVersion: mcpVersions.includes(asked) ? asked : mcpVersions[0],
        capabilities: { tools: {} },
        serverInfo: { name: 'callsheet-mock-tools', version: '1' },
      })
    }
    case 'ping':
      return result({})
    case 'tools/list':
      return result({ tools: use.tools.map(definitionOf) })
    case 'tools/call': {
      const { name, ...rest } = params
      if (typeof name !== 'string') return rpcError(id, invalidParams, 'params.name must be the name of a tool.')
      const answer = await use.call(name, argumentsOf(new Fields(rest)))
      if (!use.tools.some(tool => tool.name === name)) return rpcError(id, invalidParams, `Unknown tool: ${name}`)
      return result(toolResult(answer, version))
    }
    default:
      return rpcError(id, methodNotFound, `Method not found: ${method}`)
  }
}

function definitionOf({ name, description, parameters = { type: 'object' } }: MockTool): object {
  return { name, ...(description !== undefined && { description }), inputSchema: parameters }
}

function toolResult({ result, isError }: ToolAnswer, version: string | undefined): object {
  const shown = isError && isRecord(result) ? result['error'] : result
  const text = typeof shown === 'string' ? shown : stringifyExact(shown)
  return {
    content: [{ type: 'text', text }],
    // Since 2025-06-18.
    ...(!isError && isRecord(result) && version === '2025-06-18' && { structuredContent: result }),
    isError,
  }
}
