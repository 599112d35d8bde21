import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createToolLog } from '../../../../src/adapters/tools/tool-log.js'
import type { AgentEvent } from '../../../../src/ports/channel.js'

const gave = (result: unknown) => ({ result, isError: false, isUnmatched: false })

function log() {
  const heard: AgentEvent[] = []
  const tools = createToolLog(
    event => heard.push(event),
    () => 1,
  )
  const reports = (id: string | undefined, name: string, args: unknown) =>
    tools.reported({ type: 'tool_called', ...(id !== undefined && { id }), name, arguments: args, atS: 2 })
  const reportsResult = (id: string | undefined, result: unknown) =>
    tools.reported({ type: 'tool_returned', ...(id !== undefined && { id }), result, atS: 2 })
  return { heard, tools, reports, reportsResult }
}

test('a call at the desk is heard with its result', () => {
  const { heard, tools } = log()
  tools.called('book', { at: 10 })({ result: { error: 'x' }, isError: true, isUnmatched: true })
  expect(heard).toEqual([
    { type: 'tool_called', id: 'mock-1', name: 'book', arguments: { at: 10 }, atS: 1 },
    { type: 'tool_returned', id: 'mock-1', name: 'book', result: { error: 'x' }, unmatched: true, atS: 1 },
  ])
})

test('what the agent reports of a call that was at the desk is not heard again', () => {
  const { heard, tools, reports, reportsResult } = log()
  tools.called('book', { at: 10, who: 7 })(gave('ok'))
  reports('t1', 'book', { who: 7, at: 10 })
  reportsResult('t1', 'ok, in other words')
  expect(heard.map(({ type }) => type)).toEqual(['tool_called', 'tool_returned'])
})

test('an agent may report before it calls; its id stays, and the result is that of the desk', () => {
  const { heard, tools, reports, reportsResult } = log()
  reports('t1', 'book', { at: 10 })
  tools.called('book', { at: 10 })(gave('ok'))
  reportsResult('t1', 'ok')
  expect(heard).toEqual([
    { type: 'tool_called', id: 't1', name: 'book', arguments: { at: 10 }, atS: 2 },
    { type: 'tool_returned', id: 't1', name: 'book', result: 'ok', atS: 1 },
  ])
})

test('calls that only the agent tells of, or that differ, are heard as they are', () => {
  const { heard, tools, reports, reportsResult } = log()
  tools.called('book', { at: 10 })(gave('ok'))
  reports('t1', 'book', { at: 11 })
  reportsResult('t1', 'ok')
  reports(undefined, 'own_tool', {})
  reportsResult(undefined, 'done')
  expect(heard.map(({ type }) => type)).toEqual([
    'tool_called',
    'tool_returned',
    'tool_called',
    'tool_returned',
    'tool_called',
    'tool_returned',
  ])
})

test('however calls and reports of them mix, each call is heard once', () => {
  // Each call is made, and then reported or not; calls and reports come in any order.
  const anyCall = fc.record({ name: fc.constantFrom('a', 'b'), arg: fc.nat(1), isReported: fc.boolean() })
  fc.assert(
    fc.property(fc.array(anyCall, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (calls, order) => {
      const { heard, tools, reports } = log()
      const steps = calls.flatMap(({ name, arg, isReported }, index) => [
        () => tools.called(name, { arg })(gave('ok')),
        ...(isReported ? [() => reports(`t${index}`, name, { arg })] : []),
      ])
      const shuffled = steps.map(step => ({ step, at: order.next().value as number })).toSorted((x, y) => x.at - y.at)
      for (const { step } of shuffled) step()
      const names = heard.flatMap(event => (event.type === 'tool_called' ? [event.name] : []))
      expect(names.toSorted()).toEqual(calls.map(({ name }) => name).toSorted())
      expect(heard.filter(({ type }) => type === 'tool_returned')).toHaveLength(calls.length)
    }),
  )
})
