import { saidAt } from '../../src/adapters/channels/said-at.js'
import type { Floor } from '../../src/domain/connection.js'
import type { FaultError } from '../../src/domain/fault.js'
import type { AgentEvent, Call, Channel, Conversation, Said } from '../../src/ports/channel.js'
import type { Clock } from '../../src/ports/clock.js'

/** What an agent in memory can do. */
export interface Voice {
  readonly call: Call
  says(text: string): void
  does(event: AgentEvent): void
  hangsUp(afterWords?: boolean): void
  later(ms: number, then: () => void): void
}

/** An agent in memory: what it does when it is called, and about each thing that is said to it. */
export interface Behaviour {
  readonly floor?: Floor
  readonly takesLastWords?: true
  readonly opens?: (agent: Voice) => void
  readonly hears?: (said: string, agent: Voice) => void
  readonly refuses?: () => FaultError | undefined
}

/** A channel to an agent in memory, and what the caller did on it. */
export function fakeChannel(clock: Clock, behaviour: Behaviour): Channel & { readonly log: string[]; openNow: number; openMost: number } {
  const log: string[] = []
  const channel = {
    kind: 'text' as const,
    log,
    openNow: 0,
    openMost: 0,
    async open(call: Call, hear: (event: AgentEvent) => void, signal: AbortSignal): Promise<Conversation> {
      const refusal = behaviour.refuses?.()
      if (refusal) throw refusal
      channel.openNow += 1
      channel.openMost = Math.max(channel.openMost, channel.openNow)
      let isOpen = true
      const agent: Voice = {
        call,
        says: text => agent.does({ type: 'said', text, startS: call.elapsedS(), endS: call.elapsedS() }),
        does: event => isOpen && hear(event),
        hangsUp(afterWords = false) {
          agent.does({ type: 'ended', afterWords, atS: call.elapsedS() })
          isOpen = false
        },
        later: (ms, then) => void clock.after(ms, () => isOpen && then()),
      }
      const close = (): void => {
        if (isOpen) log.push('closed')
        isOpen = false
      }
      signal.addEventListener('abort', close, { once: true })
      queueMicrotask(() => behaviour.opens?.(agent))
      let isDisposed = false
      return {
        floor: behaviour.floor ?? 'messages',
        elapsedS: call.elapsedS,
        ...(behaviour.takesLastWords && { takesLastWords: true }),
        say(said: Said) {
          const words = said.type === 'text' ? said.text : `#${said.digits}`
          log.push(words)
          queueMicrotask(() => behaviour.hears?.(words, agent))
          return saidAt(call.elapsedS())
        },
        async end(lastWords: string) {
          log.push(`end(${lastWords})`)
          close()
        },
        async [Symbol.asyncDispose]() {
          if (!isDisposed) channel.openNow -= 1
          isDisposed = true
          isOpen = false
          signal.removeEventListener('abort', close)
        },
      }
    },
    async [Symbol.asyncDispose]() {},
  }
  return channel
}
