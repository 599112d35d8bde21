import type { MockTool } from '../../domain/mock-tool.js'
import { shallow } from '../../domain/nesting.js'
import type { Fault } from '../../domain/fault.js'
import type { ToolAnswer } from '../../ports/call-tools.js'
import type { AgentEvent, Call, Hear } from '../../ports/channel.js'
import { waitFor, type Clock } from '../../ports/clock.js'
import { Refused } from './http-messages.js'
import { createMockTables } from './mock-table.js'
import { createToolLog } from './tool-log.js'

/** One call at the desk: its tools, and the events about them. */
export interface Seat {
  readonly runId: string
  readonly tools: readonly MockTool[]
  /** Serves a tool call that arrived at the desk, and reports the call and its answer. @throws as `answer` */
  serve(name: string, args: unknown, signal: AbortSignal): Promise<ToolAnswer>
  /**
   * Answers after the tool's delay, without reporting anything.
   *
   * @throws the signal's reason, if it aborts.
   * @throws {Refused} after the call.
   */
  answer(name: string, args: unknown, signal: AbortSignal): Promise<ToolAnswer>
  /** Receives the channel's events. After the call has ended on either side, events are dropped. */
  readonly hear: Hear
  /** Breaks the call with a fault of ours. */
  fail(fault: Fault): void
  /** Takes no more requests, and gives up those that wait. Safe to repeat. */
  leave(): void
}

/** What a seat needs besides its call and its tools. */
export interface SeatUse {
  readonly hear: Hear
  readonly clock: Clock
  /** Called once, when the call is over. */
  readonly onLeave: () => void
}

export function takeSeat(call: Call, tools: readonly MockTool[], { hear, clock, onLeave }: SeatUse): Seat {
  const tables = createMockTables(tools, call.agentVariables)
  const left = new AbortController()
  const log = createToolLog(tell, call.elapsedS)
  return {
    runId: call.runId,
    tools,
    serve: async (name, args, signal) => {
      const flat = shallow(args)
      const returned = log.called(name, flat)
      const answer = await answerAfterDelay(name, flat, signal)
      returned(answer)
      return answer
    },
    answer: (name, args, signal) => answerAfterDelay(name, shallow(args), signal),
    hear: event => {
      if (event.type === 'tool_called' || event.type === 'tool_returned') log.reported(event)
      else tell(event)
    },
    fail: fault => tell({ type: 'broke', fault }),
    leave,
  }

  function tell(event: AgentEvent): void {
    if (left.signal.aborted) return
    if (event.type === 'ended' || event.type === 'broke') leave()
    hear(event)
  }

  async function answerAfterDelay(name: string, args: unknown, signal: AbortSignal): Promise<ToolAnswer> {
    const { answer, delayMs } = tables.look(name, args)
    if (delayMs > 0) await waitFor(delayMs, clock, AbortSignal.any([signal, left.signal]))
    return answer
  }

  function leave(): void {
    if (left.signal.aborted) return
    left.abort(new Refused(410, `The call of run ${call.runId} is over.`))
    onLeave()
  }
}
