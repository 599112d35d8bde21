import { jsonEqual } from '../../domain/json-equal.js'
import type { Hear, ToolCalled, ToolReturned } from '../../ports/channel.js'
import type { ToolAnswer } from '../../ports/call-tools.js'

/**
 * What is heard of the tools in one conversation. An agent may also report over its own protocol what it asked of the
 * desk: a report of the same name and the same arguments is the same call, each once, and is heard once, with the result
 * that the desk gave. Either may come first.
 */
export interface ToolLog {
  /** A call came to the desk; what it gives back is to be called with the answer. */
  called(name: string, args: unknown): (answer: ToolAnswer) => void
  /** The agent reports something itself. */
  reported(event: ToolCalled | ToolReturned): void
}

interface LoggedCall {
  /** As it was heard. */
  readonly id: string | undefined
  readonly name: string
  readonly args: unknown
  isAtDesk: boolean
  isReported: boolean
  /** The id in the agent's report. */
  reportedId?: string | undefined
  hasReportedResult: boolean
}

export function createToolLog(hear: Hear, elapsedS: () => number): ToolLog {
  const calls: LoggedCall[] = []
  let atDesk = 0

  /** The oldest such call that one of its two sides is missing of. */
  const waitingFor = (side: 'isAtDesk' | 'isReported', name: string, args: unknown): LoggedCall | undefined =>
    calls.find(call => !call[side] && call.name === name && jsonEqual(call.args, args))

  return {
    called(name, args) {
      atDesk += 1
      let call = waitingFor('isAtDesk', name, args)
      if (call) call.isAtDesk = true
      else {
        call = { id: `mock-${atDesk}`, name, args, isAtDesk: true, isReported: false, hasReportedResult: false }
        calls.push(call)
        hear({ type: 'tool_called', ...idOf(call), name, arguments: args, atS: elapsedS() })
      }
      const id = idOf(call)
      return ({ result, isUnmatched }) =>
        hear({ type: 'tool_returned', ...id, name, result, ...(isUnmatched && { unmatched: true }), atS: elapsedS() })
    },
    reported(event) {
      if (event.type === 'tool_called') {
        const { id, name, arguments: args } = event
        const call = waitingFor('isReported', name, args)
        if (call) {
          call.isReported = true
          call.reportedId = id
          return
        }
        calls.push({ id, name, args, isAtDesk: false, isReported: true, reportedId: id, hasReportedResult: false })
      } else {
        const call = calls.find(each => isResultOf(event, each))
        if (call) call.hasReportedResult = true
        if (call?.isAtDesk) return
      }
      hear(event)
    },
  }
}

/** Whether what the agent reports can be what a call gave. */
function isResultOf({ id, name }: ToolReturned, call: LoggedCall): boolean {
  if (!call.isReported || call.hasReportedResult) return false
  if (id !== undefined && call.reportedId !== undefined) return id === call.reportedId
  return name === undefined || name === call.name
}

function idOf({ id }: LoggedCall): { id?: string } {
  return id === undefined ? {} : { id }
}
