import { brisk } from '../../ports/caller.js'
import type { AgentEvent } from '../../ports/channel.js'
import { broken, over, type OpenCall } from './call.js'
import { dueNext, floorAfter, isTimeOfCaller, openFloor, type Due, type FloorEvent, type FloorState } from './floor.js'

/** The caller's ear: hears the agent, and keeps track of who has the floor. */
export interface Listener {
  readonly floor: FloorState
  /** The agent's messages that the caller has not dealt with yet. */
  messages(): readonly string[]
  /** Moves the floor by something that the caller does. */
  callerDoes(event: FloorEvent): void
  /**
   * What has become due: something that the caller may answer (`heard`), or `idle_timeout` without any. `undefined` where
   * that has to be waited for.
   *
   * @throws {CallOver} when the agent hangs up, breaks or falls silent.
   */
  due(): 'heard' | 'idle' | undefined
  /** Waits until something is due. @throws {CallOver} also when the time is up. */
  next(): Promise<'heard' | 'idle'>
  /**
   * Waits for a promise, and hears what the agent does meanwhile.
   *
   * @param untilWords  Whether to return at once, with nothing, when the agent says something.
   * @throws What the promise rejects with. @throws {CallOver}
   */
  during<T>(promise: Promise<T>, untilWords: boolean): Promise<T | undefined>
  /** Waits out a pause; if the agent may break in and does, returns true at once. @throws {CallOver} */
  pause(ms: number, agentMayBreakIn: boolean): Promise<boolean>
  /** Waits until the agent owes no answer. @throws {CallOver} */
  settle(): Promise<void>
}

/** @param call  Its agent's events are taken from here on. */
export function createListener(call: OpenCall): Listener {
  const { inbox, agent, scenario, caller, conversation, clock, deadlineMs } = call
  const messages: string[] = []
  let floor = openFloor(conversation.floor, clock.now())

  const move = (event: FloorEvent): void => {
    floor = floorAfter(floor, event, clock.now())
  }

  /** Hears all that has come. @returns Whether the agent began to speak, or said something. */
  const hear = (): boolean => {
    let hasSpoken = false
    for (const event of inbox.takeAll()) {
      take(event)
      hasSpoken ||= event.type === 'said' || event.type === 'speaking'
    }
    return hasSpoken
  }

  const take = (event: AgentEvent): void => {
    switch (event.type) {
      case 'said':
        messages.push(event.text)
        return move('said')
      case 'speaking':
      case 'quiet':
      case 'keyed':
      case 'tool_called':
      case 'tool_returned':
      case 'yielded':
        return move(event.type)
      case 'metadata':
        return
      case 'ended':
        if (!hasSpoken(call)) throw broken(call, hungUpUnheard)
        throw over(call, 'agent', event.afterWords ? 'Main agent-ended-call-after-message-spoken' : 'Main agent-ended-call')
      case 'broke':
        throw broken(call, event.fault)
    }
  }

  const upcoming = (): Due => {
    const { quietMs } = conversation.floor === 'turns' ? brisk : (caller.patience?.() ?? brisk)
    return dueNext(floor, { quietMs, idleMs: scenario.idleTimeoutMs, silenceMs: agent.silenceMs })
  }

  /** Waits for something to happen, until a time or that of the whole call. */
  const wait = async (untilMs: number): Promise<void> => {
    if (clock.now() >= deadlineMs) await endOverdue()
    await inbox.wait(Math.min(untilMs, deadlineMs))
  }

  const endOverdue = async (): Promise<never> => {
    await conversation.end('')
    if (isTimeOfCaller(floor, clock.now())) throw broken(call, slowCaller)
    throw over(call, 'limit', 'exceeded-max-duration')
  }

  const check = ({ what, atMs }: Due): 'heard' | 'idle' | undefined => {
    if (clock.now() < atMs) return undefined
    if (what === 'silent') throw broken(call, silence(agent.silenceMs))
    return what
  }

  const due = (): 'heard' | 'idle' | undefined => {
    // What came together is heard together: an agent that says goodbye and hangs up is not answered in between.
    hear()
    return check(upcoming())
  }

  return {
    get floor() {
      return floor
    },
    messages: () => messages.slice(floor.dealtWith),
    callerDoes: move,
    due,
    async next() {
      for (;;) {
        await wait(upcoming().atMs)
        const next = due()
        if (next) return next
      }
    },
    async during(promise, untilWords) {
      let isSettled = false
      const settle = (): void => {
        isSettled = true
        inbox.nudge()
      }
      promise.then(settle, settle)
      while (!isSettled) {
        if (hear() && untilWords) return undefined
        await wait(Infinity)
      }
      return promise
    },
    async pause(ms, agentMayBreakIn) {
      for (const untilMs = clock.now() + ms; clock.now() < untilMs; await wait(untilMs)) {
        if (hear() && agentMayBreakIn) return true
      }
      move('waits')
      return false
    },
    async settle() {
      for (hear(); floor.isOwed; hear()) {
        const next = upcoming()
        check(next)
        await wait(next.atMs)
      }
    },
  }
}

const hasSpoken = ({ record }: OpenCall): boolean => record.moments.some(moment => moment.type !== 'dtmf' && moment.by === 'agent')

const hungUpUnheard = {
  by: 'agent',
  code: 'closed',
  message: 'The agent hung up before it had said anything.',
} as const

const slowCaller = {
  by: 'infra',
  code: 'caller_model',
  message:
    "The call ran out of time, most of which went into waiting for the caller's model: see that it answers faster, or raise max_duration.",
} as const

export function silence(ms: number): { by: 'agent'; code: 'silence'; message: string } {
  return {
    by: 'agent',
    code: 'silence',
    message: `The agent said nothing for ${ms / 1000} s after the caller's words (connection.timeout).`,
  }
}
