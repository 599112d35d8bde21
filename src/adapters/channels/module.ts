import { Place } from '../../domain/place.js'
import { resolve } from 'node:path'
import { FaultError } from '../../domain/fault.js'
import type { AgentEvent, Call, Channel, ChannelFactory } from '../../ports/channel.js'
import { connectionOf } from './connection-of.js'
import { replyFaults } from '../../domain/faults/reply-faults.js'
import { maxAnswerBytes } from './faults.js'
import { startModuleHost, type ModuleHost } from './module/host.js'
import { startInTurn } from './module/processes.js'
import { strayCallIn } from './stray-call.js'
import { broke, eventsOf, eventsOrFault, spokenOf, type Reply } from './reply.js'
import { thoughtEvents } from './thinking.js'
import { strictConversation, type Ask, type HistoryMessage } from './strict-conversation.js'

/**
 * Calls a module's function once a turn:
 * `(message, { history, runId, runKey, scenario, variables, mockTools, signal }) => string | { content, tool_calls,
 * end, metadata }`, or a promise of it. All conversations share one process of the module's own, so whatever it does to its
 * process (an endless loop, `process.exit`, all memory) does not touch the runner. When the process dies, its conversations have
 * crashed; the next conversation starts a new one.
 */
export const moduleChannel: ChannelFactory = (agent, { clock, mask }): Channel => {
  const connection = connectionOf(agent, 'module')
  const module = { path: resolve(agent.folder, connection.path), exportName: connection.export ?? 'default' }
  const place = new Place(`Module ${connection.path}`, mask)
  let host: ModuleHost | undefined
  let starting: Promise<ModuleHost> | undefined
  return {
    open: async (call, hear, signal) => {
      signal.throwIfAborted()
      const entering = enterHost()
      const { serving, leave } = await unlessAborted(entering, signal).catch((cause: unknown) => {
        void entering.then(entered => entered.leave()).catch(() => undefined)
        throw cause
      })
      return strictConversation({ ask: askModule(serving, place, call), call, hear, signal, onClose: leave })
    },
    [Symbol.asyncDispose]: async () => {
      await ((await starting) ?? host)?.[Symbol.asyncDispose]()
    },
  }

  async function enterHost(): Promise<{ serving: ModuleHost; leave: () => void }> {
    await host?.answering()
    const serving = !host || host.isGone ? await (starting ??= startHost()) : host
    const leave = serving.enter()
    const fault = await serving.loaded
    if (!fault) return { serving, leave }
    leave()
    throw new FaultError(fault)
  }

  async function startHost(): Promise<ModuleHost> {
    try {
      return (host = await startInTurn(() => startModuleHost(module, place, clock)))
    } finally {
      starting = undefined
    }
  }
}

const nothing: ReadonlySet<string> = new Set()

/** Asks by calling the function, and keeps the conversation's history. */
function askModule(host: ModuleHost, place: Place, call: Call): Ask {
  const { runId, runKey, scenario, agentVariables: variables, tools } = call
  const mockTools = tools && { url: tools.url, mcpUrl: tools.mcpUrl }
  const history: HistoryMessage[] = []
  return (words, by) => {
    const context = { runId, runKey, scenario, variables, history, ...(mockTools && { mockTools }) }
    const callOff = host.ask(words, context, result => {
      by.answered('fault' in result ? [broke(result.fault)] : eventsOrFault(() => read(result.reply)))
    })
    history.push({ role: 'user', content: words })
    return { cancel: callOff }
  }

  function read(reply: Reply): AgentEvent[] {
    const stray = (reply.toolCalls ?? undefined) === undefined ? strayCallIn({ content: reply.words }, nothing) : undefined
    if (stray !== undefined) throw new FaultError(replyFaults.strayCall({ place, pointer: stray }))
    const spoken = spokenOf(reply.words ?? [], { place })
    if (!spoken) throw new FaultError(replyFaults.contentNotText({ place }))
    const { said, thoughts } = spoken
    if (said.some(text => Buffer.byteLength(text) > maxAnswerBytes)) throw new FaultError(replyFaults.tooLarge({ place }))
    const atS = call.elapsedS()
    const events = [...thoughtEvents(thoughts, atS), ...eventsOf(reply, said, { place, toolCalls: 'tool_calls' }, atS)]
    for (const content of said) history.push({ role: 'assistant', content })
    return events
  }
}

/** Settles as the promise does. @throws the abort's reason if the signal aborts first. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise<Value>((settle, reject) => {
    signal.addEventListener('abort', onAbort)
    promise.then(settle, reject).finally(() => signal.removeEventListener('abort', onAbort))

    function onAbort(): void {
      reject(signal.reason)
    }
  })
}
