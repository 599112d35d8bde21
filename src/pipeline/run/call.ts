import type { Agent, Scenario } from '../../domain/document.js'
import type { Fault } from '../../domain/fault.js'
import type { EndedReason, Ending, Transcript } from '../../domain/transcript.js'
import type { Caller } from '../../ports/caller.js'
import type { Conversation } from '../../ports/channel.js'
import type { PlannedCall } from '../../domain/planned-call.js'
import type { Clock } from '../../ports/clock.js'
import type { Asides } from './asides.js'
import type { CallTime } from './call-time.js'
import type { Deadline } from './deadline.js'
import type { Inbox } from './inbox.js'
import type { ConversationRecord } from './record.js'

/** An open conversation, and everything needed to conduct it. */
export interface OpenCall {
  readonly conversation: Conversation
  readonly inbox: Inbox
  readonly record: ConversationRecord
  readonly caller: Caller
  readonly scenario: Scenario
  readonly agent: Agent
  readonly clock: Clock
  readonly deadline: Deadline
  /** With sound: how the caller takes turns, and when it hears. */
  readonly aloud?: PlannedCall | undefined
  /** With sound: what the caller lets slip, if it does. */
  readonly asides?: Asides | undefined
  readonly time: CallTime
}

/** How a conversation ended. `fault`: it broke. `lapse`: why the caller could not keep to its instructions. */
export interface Conversed {
  readonly transcript: Transcript
  readonly fault?: Fault
  readonly lapse?: string
}

/** Thrown to leave the turn loop once the call is over. Not an error: every call ends this way. */
export class CallOver {
  constructor(readonly conversed: Conversed) {}
}

/** The call ended in good order. */
export function over(call: OpenCall, by: Ending['by'], reason: EndedReason): CallOver {
  return new CallOver({ transcript: call.record.transcript({ by, reason, atS: call.conversation.elapsedS() }) })
}

/** The call ended because something broke. @param atS  Seconds since it began. */
export function broken(record: ConversationRecord, atS: number, fault: Fault): CallOver {
  const ending = {
    by: fault.by === 'agent' ? 'agent' : 'limit',
    reason: reasonOf(fault),
    atS,
    ...(fault.cutOff && { cutOff: fault.cutOff }),
  } as const
  return new CallOver({ transcript: record.transcript(ending), fault })
}

function reasonOf(fault: Fault): EndedReason {
  switch (fault.code) {
    case 'silence':
      return 'Main agent-silence-timed-out'
    case 'interrupted':
      return 'run-cancelled-by-user'
    case 'call_timeout':
      return 'exceeded-max-duration'
    case 'refused':
    case 'no_such_host':
    case 'unreachable':
    case 'connect_timeout':
    case 'tls':
    case 'not_started':
    case 'cannot_load':
    case 'busy':
    case 'declined':
    case 'no_answer':
    case 'not_called':
    case 'no_common_media':
    case 'not_authorized':
    case 'not_routed':
    case 'no_line':
    case 'number_refused':
      return 'Main agent-call-not-connected'
    default:
      return 'call-failed-unknown-error'
  }
}
