import { expect, test } from 'vitest'
import { openFramedConversation } from '../../../../../src/adapters/channels/framed/framed-conversation.js'
import { contentFrames } from '../../../../../src/adapters/channels/framed/frames.js'
import type { TransportEvents } from '../../../../../src/adapters/channels/framed/transport.js'
import { systemClock } from '../../../../../src/adapters/clocks/system.js'
import { Place } from '../../../../../src/domain/place.js'
import type { AgentEvent, Call } from '../../../../../src/ports/channel.js'

test('an agent that hangs up is heard until it is quiet: a tool that it calls too late is seen', async () => {
  const { agent, heard, conversation, closes } = await opened()
  agent.received('{"content":"Bye.","type":"end_call"}')
  expect(heard.map(({ type }) => type)).toEqual(['said', 'ended'])
  const disposed = conversation[Symbol.asyncDispose]()
  setTimeout(() => agent.received('{"role":"Function Call","data":{"name":"refund","arguments":{}}}'), 10)
  await disposed
  expect(heard.map(({ type }) => type)).toEqual(['said', 'ended', 'tool_called'])
  expect(closes()).toBe(1)
})

test('what cannot be read after the agent has hung up is no fault, and a second end is no news', async () => {
  const { agent, heard, conversation, closes } = await opened()
  for (const frame of ['{"type":"end_call"}', 'nonsense', '{"type":"end_call"}', '{"content":"Wait."}']) agent.received(frame)
  await conversation[Symbol.asyncDispose]()
  expect(heard.map(({ type }) => type)).toEqual(['ended', 'said'])
  expect(closes()).toBe(1)
})

test('an agent that closes after it has hung up is not waited for', async () => {
  const { agent, heard, conversation } = await opened({ quietMs: 60_000, longestMs: 60_000 })
  agent.received('{"type":"end_call"}')
  agent.closed()
  await conversation[Symbol.asyncDispose]()
  expect(heard.map(({ type }) => type)).toEqual(['ended'])
})

async function opened(parting = { quietMs: 50, longestMs: 1_000 }) {
  const heard: AgentEvent[] = []
  let agent: TransportEvents | undefined
  let closes = 0
  const opening = openFramedConversation({
    connect: on => {
      agent = on
      return {
        send() {},
        finish() {},
        hold: () => () => undefined,
        close: async () => void (closes += 1),
        drop: async () => undefined,
      }
    },
    dialect: contentFrames,
    place: new Place('the agent'),
    parting,
    call: { elapsedS: () => 0 } as unknown as Call,
    hear: event => void heard.push(event),
    signal: new AbortController().signal,
    clock: systemClock,
    live: new Set(),
  })
  agent!.opened()
  return { agent: agent!, heard, conversation: await opening, closes: () => closes }
}
