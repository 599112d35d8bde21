import { jsonEqual } from '../../domain/json-equal.js'
import type { Hear, ToolCalled, ToolReturned } from '../../ports/channel.js'
import type { ToolAnswer } from '../../ports/call-tools.js'

/**
 * Merges the two sources of tool events in one conversation: requests to the desk, and the agent's own reports of them.
 * A report with the same name and arguments is the same call. Each call is reported once, with the desk's result.
 * Either source can come first.
 */
export interface ToolLog {
  /** A call arrived at the desk. Call the returned function with the answer. */
  called(name: string, args: unknown): (answer: ToolAnswer) => void
  /** The agent reported a call or a result itself. */
  reported(event: ToolCalled | ToolReturned): void
}

interface LoggedCall {
  /** The id in the `tool_called` event. */
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

  /** The oldest such call that this side has not seen yet. */
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

/** Whether the agent's report can be the result of the call. */
function isResultOf({ id, name }: ToolReturned, call: LoggedCall): boolean {
  if (!call.isReported || call.hasReportedResult) return false
  if (id !== undefined && call.reportedId !== undefined) return id === call.reportedId
  return name === undefined || name === call.name
}

function idOf({ id }: LoggedCall): { id?: string } {
  return id === undefined ? {} : { id }
}
