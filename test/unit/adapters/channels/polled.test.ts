import { expect, test } from 'vitest'
import { createChats, type Chats } from '../../../../src/adapters/channels/polled.js'
import { systemClock } from '../../../../src/adapters/clocks/system.js'
import type { Call } from '../../../../src/ports/channel.js'

const hourMs = 60 * 60 * 1000

test('an agent that is let go breaks off its own chats, and no others', async () => {
  const chats = createChats(systemClock)
  const [one, two] = [await open(chats, '1'), await open(chats, '2')]
  await one.channel[Symbol.asyncDispose]()
  expect(one.heard).toEqual(['broke'])
  expect([two.heard, chats.find('2')?.state]).toEqual([[], 'opening'])
})

test('a chat that is over can be polled for an hour, and no timer waits for that', async () => {
  let nowMs = 0
  const chats = createChats({ now: () => nowMs, date: () => new Date(nowMs), after: () => expect.fail('a timer was set') })
  const { conversation } = await open(chats, '1')
  await conversation.end('Bye.')
  nowMs = hourMs - 1
  expect(chats.find('1')?.turn(0)?.message).toBe('Bye.')
  nowMs = hourMs
  expect(chats.find('1')).toBeUndefined()
})

async function open(chats: Chats, runId: string) {
  const channel = chats.channel()
  const heard: string[] = []
  const call: Call = {
    result: '1',
    runId,
    runKey: `a/b#${runId}`,
    scenario: { key: 'b' },
    agentVariables: {},
    elapsedS: () => 0,
    hold: () => () => undefined,
  }
  const conversation = await channel.open(call, event => void heard.push(event.type), new AbortController().signal)
  return { channel, conversation, heard }
}
