import { brisk } from '../../ports/caller.js'
import type { AgentEvent } from '../../ports/channel.js'
import { broken, over, type OpenCall } from './call.js'

/** The caller's ear: what the agent has said since the caller last spoke, and how long it has been quiet. */
export interface Listener {
  /** The agent's messages since the caller last spoke. */
  readonly messages: readonly string[]
  /** Whether the agent has said anything since the caller's last words that were no idle prompt. */
  readonly isAnswered: boolean
  /** Where turns are strict: whether the agent has yet to finish with the last one. */
  readonly isOwed: boolean
  /** When the agent said the first of them, by the clock. */
  readonly firstHeardMs: number
  /**
   * Waits for something that the caller may answer (`heard`), or for `idle_timeout` without any.
   *
   * @throws {CallOver} when the agent hangs up, breaks or falls silent, or the time is up.
   */
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
  /** Where turns are strict: waits until the agent is done with the last one. @throws {CallOver} */
  settle(): Promise<void>
  /** The caller begins to speak: what was heard so far has been answered. */
  turnAway(): void
  /** The caller has said something. */
  spoke(isIdlePrompt: boolean): void
}

/** @param call  Its agent's events are taken from here on. */
export function createListener(call: OpenCall): Listener {
  const { inbox, agent, scenario, caller, conversation, clock, deadlineMs } = call
  const isStrict = conversation.turns === 'strict'
  let messages: string[] = []
  let firstHeardMs = clock.now()
  /** Heard, but the caller has not been asked about it yet. */
  let isFresh = false
  let isAnswered = false
  /** Where turns are strict: the agent owes an answer. */
  let isOwed = false
  let lastWordsMs = clock.now()
  let lastActivityMs = clock.now()
  const startMs = clock.now()
  /** How long the caller has thought about what to do, all in all. */
  let thoughtMs = 0
  let thinksSinceMs: number | undefined

  const silenceAtMs = (): number => {
    if (isStrict) return isOwed ? lastActivityMs + agent.silenceMs : Infinity
    return isAnswered ? Infinity : lastWordsMs + agent.silenceMs
  }

  /** The next event before `untilMs`, dealt with; `undefined` if there was none. */
  const takeOne = async (untilMs: number): Promise<AgentEvent['type'] | undefined> => {
    const event = inbox.poll() ?? (await inbox.take(Math.min(untilMs, deadlineMs)))
    if (event) return dealWith(event)
    if (clock.now() < deadlineMs) return undefined
    await conversation.end('')
    if (isTimeOfCaller()) throw broken(call, slowCaller)
    throw over(call, 'limit', 'exceeded-max-duration')
  }

  /** Whether most of the call has gone into waiting for the caller: then it tells nothing of the agent. */
  const isTimeOfCaller = (): boolean => {
    const now = clock.now()
    return (thoughtMs + now - (thinksSinceMs ?? now)) * 2 > now - startMs
  }

  /** The same, of an agent whose turn it is. */
  const awaitOne = async (untilMs: number): Promise<AgentEvent['type'] | undefined> => {
    const type = await takeOne(Math.min(untilMs, silenceAtMs()))
    if (type === undefined && clock.now() >= silenceAtMs()) throw broken(call, silence(agent.silenceMs))
    return type
  }

  const dealWith = (event: AgentEvent): AgentEvent['type'] => {
    switch (event.type) {
      case 'said':
        if (messages.length === 0) firstHeardMs = clock.now()
        messages.push(event.text)
        isAnswered = true
        lastActivityMs = clock.now()
        if (!isStrict) isFresh = true
        break
      case 'tool_called':
      case 'tool_returned':
        lastActivityMs = clock.now()
        break
      case 'yielded':
        isOwed = false
        isFresh = true
        break
      case 'ended':
        if (!hasSpoken(call)) throw broken(call, hungUpUnheard)
        throw over(call, 'agent', event.afterWords ? 'Main agent-ended-call-after-message-spoken' : 'Main agent-ended-call')
      case 'broke':
        throw broken(call, event.fault)
    }
    return event.type
  }

  return {
    get messages() {
      return messages
    },
    get isAnswered() {
      return isAnswered
    },
    get isOwed() {
      return isOwed
    },
    get firstHeardMs() {
      return firstHeardMs
    },
    async next() {
      // What came together is heard together: an agent that says goodbye and hangs up is not answered in between.
      while (!isFresh || !inbox.isEmpty) {
        const idleAtMs = isOwed ? Infinity : lastActivityMs + scenario.idleTimeoutMs
        if ((await awaitOne(idleAtMs)) === undefined) return 'idle'
      }
      // Messages sent in one go may come one by one.
      if (!isStrict) {
        const { quietMs } = caller.patience?.() ?? brisk
        while ((await awaitOne(clock.now() + quietMs)) !== undefined);
      }
      isFresh = false
      return 'heard'
    },
    async during(promise, untilWords) {
      let isSettled = false
      const settle = (): void => {
        isSettled = true
        inbox.nudge()
      }
      promise.then(settle, settle)
      thinksSinceMs = clock.now()
      let isUnwanted = false
      while (!isSettled && !isUnwanted) isUnwanted = (await takeOne(Infinity)) === 'said' && untilWords
      thoughtMs += clock.now() - thinksSinceMs
      thinksSinceMs = undefined
      return isUnwanted ? undefined : promise
    },
    async pause(ms, agentMayBreakIn) {
      const untilMs = clock.now() + ms
      for (;;) {
        const type = await takeOne(untilMs)
        if (type === 'said' && agentMayBreakIn) return true
        if (type === undefined) break
      }
      // While the caller keeps the agent waiting, its silence is not the agent's.
      lastWordsMs = lastActivityMs = clock.now()
      return false
    },
    async settle() {
      while (isOwed) await awaitOne(Infinity)
    },
    turnAway() {
      messages = []
      isFresh = false
    },
    spoke(isIdlePrompt) {
      lastActivityMs = clock.now()
      if (isStrict) isOwed = true
      if (isIdlePrompt) return
      lastWordsMs = lastActivityMs
      isAnswered = false
    },
  }
}

const hasSpoken = ({ record }: OpenCall): boolean => record.moments.some(entry => entry.type !== 'dtmf' && entry.by === 'agent')

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
