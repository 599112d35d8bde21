import { FaultError, type Fault } from '../../../src/domain/fault.js'
import type { AgentEvent, Call, Channel, Conversation } from '../../../src/ports/channel.js'

/** A conversation under test: what the agent has done, and ways to wait for more. */
export interface OpenedCall extends AsyncDisposable {
  readonly conversation: Conversation
  readonly events: AgentEvent[]
  /** Says words, and waits until the agent is done: it yielded, ended, broke, or (where it goes by messages) did `until`. */
  ask(words: string, until?: AgentEvent['type']): Promise<AgentEvent[]>
  /** Waits for the next event of a type, those that came before this call aside. */
  next(type: AgentEvent['type']): Promise<AgentEvent>
  abort(reason?: unknown): void
}

let calls = 0

export function callWith(more: Partial<Call> = {}): Call {
  const startedAt = performance.now()
  calls += 1
  return {
    result: 'result-1',
    runId: `run-${calls}`,
    runKey: `smoke/cancel#${calls}`,
    scenario: { key: 'cancel' },
    agentVariables: {},
    elapsedS: () => Math.round(performance.now() - startedAt) / 1000,
    hold: () => () => undefined,
    ...more,
  }
}

/** Opens a conversation. Disposing it aborts what is left. */
export async function openCall(channel: Channel, call = callWith()): Promise<OpenedCall> {
  const control = new AbortController()
  const events: AgentEvent[] = []
  let onEvent: (() => void) | undefined
  const hear = (event: AgentEvent): void => {
    // How often a stream stirs is a matter of the network.
    if (event.type === 'answering') return
    events.push(event)
    onEvent?.()
  }
  const conversation = await channel.open(call, hear, control.signal)
  return {
    conversation,
    events,
    ask: async (words, until = 'said') => {
      const before = events.length
      const done = conversation.floor === 'turns' ? 'yielded' : until
      const heard = waitFor(before, event => event.type === done || isLast(event))
      await conversation.say({ type: 'text', text: words }).done
      await heard
      return events.slice(before)
    },
    next: type => waitFor(events.length, event => event.type === type),
    abort: reason => control.abort(reason),
    [Symbol.asyncDispose]: async () => {
      control.abort()
      await conversation[Symbol.asyncDispose]()
    },
  }

  function waitFor(from: number, wanted: (event: AgentEvent) => boolean): Promise<AgentEvent> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Waited in vain; heard: ${JSON.stringify(events).slice(0, 2000)}`)), 8_000)
      onEvent = () => {
        const found = events.slice(from).find(wanted)
        if (!found) return
        clearTimeout(timer)
        resolve(found)
      }
      onEvent()
    })
  }
}

function isLast(event: AgentEvent): boolean {
  return event.type === 'ended' || event.type === 'broke'
}

/** The fault that opening a conversation, or else the first turn of it, meets. */
export async function faultOf(channel: Channel, words = 'Hi'): Promise<Fault> {
  try {
    await using call = await openCall(channel)
    const broke = (await call.ask(words, 'broke')).at(-1)
    if (broke?.type === 'broke') return broke.fault
    throw new Error(`Nothing broke; heard ${JSON.stringify(call.events)}`)
  } catch (error) {
    if (error instanceof FaultError) return error.fault
    throw error
  }
}

/** The agent's words among events. */
export function wordsIn(events: readonly AgentEvent[]): string[] {
  return events.flatMap(event => (event.type === 'said' ? [event.text] : []))
}

/** Waits until something holds, for two seconds at most. */
export async function eventually(what: () => boolean | Promise<boolean>): Promise<boolean> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await what()) return true
    await new Promise(resolve => setTimeout(resolve, 10))
  }
  return false
}
