import { join } from 'node:path'
import type { MockTool } from '../../domain/mock-tool.js'
import type { OfferedTool } from './voice/lines/realtime/client-events.js'
import type { LineConnection, TelephoneLine } from './voice/lines/line-to.js'
import { numbersOf } from './voice/lines/numbers.js'
import { FaultError } from '../../domain/fault.js'
import { usualSound } from '../../domain/caller-sound.js'
import { turnPresets } from '../../domain/turn-taking.js'
import { traitsOf } from '../../domain/connection.js'
import type { Agent } from '../../domain/document.js'
import type { CallAloud, Call, Channel, ChannelFactory, ChannelUse, Conversation, Hear } from '../../ports/channel.js'
import type { Telephony } from './voice/phone/telephony.js'
import { startMediaThreads, type MediaThreads } from './voice/media-threads.js'
import type { DialledCall } from './voice/messages.js'
import { seededRandom } from '../clocks/system.js'
import { createCallSpeech } from './voice/speech.js'
import { asConversation, VoiceConversation } from './voice/voice-conversation.js'

/** Makes the channels to agents that are called. All of them share the threads that carry sound. */
export function createVoiceChannels(startThreads: () => MediaThreads = startMediaThreads): ChannelFactory {
  let threads: MediaThreads | undefined
  let telephony: Promise<Telephony> | undefined
  let callers = 0
  return (agent, use): Channel => {
    let isOver = false
    callers += 1
    const openTelephony = (): Promise<Telephony> =>
      (telephony ??= import('./voice/phone/telephony.js').then(opened => new opened.Telephony(use)))
    return {
      open: (call, hear, signal) => place(call, { hear, signal, agent, use, threads: (threads ??= startThreads()), openTelephony }),
      async [Symbol.asyncDispose]() {
        if (isOver) return
        isOver = true
        callers -= 1
        if (callers > 0) return
        const last = telephony
        telephony = undefined
        await (await last)?.[Symbol.asyncDispose]()
      },
    }
  }
}

interface Placing {
  readonly hear: Hear
  readonly signal: AbortSignal
  readonly agent: Agent
  readonly use: ChannelUse
  readonly threads: MediaThreads
  /** The telephone calls of this process: loaded when there is one. */
  openTelephony(): Promise<Telephony>
}

/** How a caller speaks of whom nothing is said. */
const usual: CallAloud = { sound: usualSound, turns: turnPresets.normal, hear: 'live', seed: 0, known: [], spent: () => undefined }

async function place(call: Call, placing: Placing): Promise<Conversation> {
  const { hear, signal, use, threads } = placing
  signal.throwIfAborted()
  const aloud = call.aloud ?? usual
  const { turns, ears, recording, sound, seed, known, detector = { name: 'energy' } } = aloud
  const speech = createCallSpeech(aloud, name => seededRandom(seed, `${call.runKey} ${name}`))
  // Speech is prepared, not hurried: nobody is called before there is something to say.
  await speech.prepare(known, signal)
  const dialled: DialledCall = {
    connection: await lineOf(call, placing),
    names: namesOf(call),
    network: {
      environment: use.network?.variables ?? {},
      secrets: use.mask?.secrets ?? [],
      speaks: speech.mouth !== undefined,
      ...(use.egress && { allowedHosts: use.egress.allowedHosts }),
    },
    longestPieceS: ears?.longestS ?? 30,
    quietMs: turns.endOfTurnMs,
    sound,
    detector,
    seed,
    name: call.runKey,
    ...(recording && { tracks: join(recording.folder, `${recording.name}.pcm`) }),
  }
  const own = new VoiceConversation(
    {
      speech,
      recording,
      words: aloud.hear,
      clock: use.clock,
      hear,
      signal,
      thread: threads.least(),
      ...(call.tools && traitsOf[placing.agent.connection.type].offersTools && { tools: call.tools }),
    },
    dialled,
  )
  const fault = await own.answered
  if (fault || signal.aborted) {
    await own.dispose()
    signal.throwIfAborted()
    if (fault) throw new FaultError(fault)
  }
  return asConversation(own)
}

async function lineOf(call: Call, { agent, use, openTelephony, signal }: Placing): Promise<LineConnection> {
  const { key, connection } = agent
  const { floor, hosted } = traitsOf[connection.type]
  if (floor !== 'speech' || hosted) throw new RangeError(`${key} is not called, but reached over ${connection.type}.`)
  switch (connection.type) {
    case 'sip':
      return (await openTelephony()).line(connection, agent, { use, call, signal })
    case 'twilio_stream':
    case 'media_stream':
      return { ...connection, ...numbersOf(call, connection) }
    case 'openai_realtime':
      return { ...connection, ...(call.tools && { tools: call.tools.list.map(offered) }) }
    default:
      return connection as Exclude<LineConnection, TelephoneLine>
  }
}

/** What an agent is told of a mock tool. */
function offered({ name, description, parameters }: MockTool): OfferedTool {
  return { name, ...(description !== undefined && { description }), ...(parameters && { parameters }) }
}

function namesOf({ scenario, result, runId, agentVariables, tools }: Call): DialledCall['names'] {
  return { scenario, result, runId, agentVariables, ...(tools && { tools: { url: tools.url, mcpUrl: tools.mcpUrl } }) }
}
