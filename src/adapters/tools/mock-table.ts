import type { Scalar } from '../../domain/document.js'
import { covers } from '../../domain/json-equal.js'
import type { MockTool } from '../../domain/mock-tool.js'
import type { ToolAnswer } from '../../ports/call-tools.js'
import { fillIn } from './fill.js'

/** The tables of one call's mock tools. */
export interface MockTables {
  /** The answer to a tool call, and its delay. The case that answers counts one more use. */
  look(name: string, args: unknown): { readonly answer: ToolAnswer; readonly delayMs: number }
}

/** @param variables  The test profile's agent variables. */
export function createMockTables(tools: readonly MockTool[], variables: Readonly<Record<string, Scalar>>): MockTables {
  const tables = new Map(tools.map(tool => [tool.name, createTable(tool, variables)]))
  return {
    look(name, args) {
      const table = tables.get(name)
      if (table) return table(args)
      const only = tools.length > 0 ? `, only: ${[...tables.keys()].join(', ')}` : ''
      return unmatched(`There is no tool "${name}"${only}.`)
    },
  }
}

function createTable({ name, cases, otherwise }: MockTool, variables: Readonly<Record<string, Scalar>>) {
  const lines = cases.map(each => ({ ...each, input: fillIn(each.input, { test_profile: variables }), used: 0 }))
  return (args: unknown): ReturnType<MockTables['look']> => {
    if (typeof args !== 'object' || args === null || Array.isArray(args)) {
      return unmatched(`The arguments of "${name}" must be a JSON object.`)
    }
    const line = lines.find(({ input, times = Infinity, used }) => used < times && covers(args, input))
    if (line) line.used += 1
    const found = line ?? otherwise
    if (!found) return unmatched(`No case of the mock tool "${name}" matches these arguments.`)
    const fillings = { input: args, test_profile: variables }
    const isError = 'error' in found.gives
    const result = fillIn('error' in found.gives ? { error: found.gives.error } : found.gives.output, fillings)
    return { answer: { result, isError, isUnmatched: false }, delayMs: found.delayMs }
  }
}

function unmatched(error: string): ReturnType<MockTables['look']> {
  return { answer: { result: { error }, isError: true, isUnmatched: true }, delayMs: 0 }
}
