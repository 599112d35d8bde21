import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import twilio from 'twilio'
import { openLineUse, type LineUse } from '../../../src/adapters/channels/voice/lines/line-use.js'
import { createCallServer } from '../../../src/adapters/channels/voice/lines/rest/call-server.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { Line, LineEvent } from '../../../src/ports/line.js'
import { startTwilioStreamAgent } from '../../agents/twilio-stream-agent.js'
import { eventually } from '../channels/conduct-call.js'
import { frameOf } from './describe-line.js'
import { startTwilioPlace, twilioTo, type TwilioFar } from './twilio-far.js'

let place: Awaited<ReturnType<typeof startTwilioPlace>>
let use: LineUse
beforeEach(async () => {
  place = await startTwilioPlace((path, url) => (path === '/other' ? `<Connect><Stream url="${url}/other"/></Connect>` : '<Hangup/>'))
  use = openLineUse({ environment: {}, secrets: [] }, systemClock, createCallServer())
})
afterEach(async () => {
  await use.calls[Symbol.asyncDispose]()
  await place.close()
})

/** Twilio's own client, with the address that the agent was told. */
function clientFor(restUrl: string, token = 'secret') {
  class Loopback extends twilio.RequestClient {
    override request: twilio.RequestClient['request'] = options => {
      options.uri = options.uri.replace('https://api.twilio.com', restUrl)
      return twilio.RequestClient.prototype.request.call(this, options) as never
    }
  }
  return twilio(`AC${'0'.repeat(32)}`, token, { httpClient: new Loopback() })
}

async function dial(): Promise<{ line: Line; events: LineEvent[]; far: TwilioFar; restUrl: string; sid: string }> {
  const events: LineEvent[] = []
  const settings = { authToken: 'secret', accountSid: `AC${'0'.repeat(32)}`, parameters: { api: '<rest_url>' } }
  const line = await twilioTo(place.url, settings, use)(event => void events.push(event), new AbortController().signal)
  const far = await place.nextFar(0)
  const { customParameters, callSid } = far.messages[1]!.start
  return { line, events, far, restUrl: customParameters['api'] ?? '', sid: callSid }
}

describe("Twilio's client at the REST interface that the agent is told of", () => {
  test('reads the call, and ends it: the stream is stopped in good order', async () => {
    const { line, events, far, restUrl, sid } = await dial()
    const calls = clientFor(restUrl).calls
    expect(await calls(sid).fetch()).toMatchObject({ sid, status: 'in-progress', direction: 'inbound', to: '+12025550199' })
    expect(await calls(sid).update({ status: 'completed' })).toMatchObject({ sid, status: 'completed' })
    expect(events).toEqual([{ type: 'ended' }])
    expect(await eventually(() => far.closed !== undefined)).toBe(true)
    expect([far.closed, far.messages.at(-1)?.event]).toEqual(['well', 'stop'])
    await line.hangUp()
    await expect(calls(sid).update({ status: 'completed' })).rejects.toMatchObject({ status: 404, code: 20_404 })
  })

  test('does not know a call once the caller has hung up', async () => {
    const { line, restUrl, sid } = await dial()
    await line.hangUp()
    await expect(clientFor(restUrl).calls(sid).update({ status: 'completed' })).rejects.toMatchObject({ status: 404, code: 20_404 })
  })

  test('sends the call elsewhere by TwiML', async () => {
    const { line, events, far, restUrl, sid } = await dial()
    const twiml = '<Response><Say>I am putting you through.</Say><Dial>+12025550177</Dial></Response>'
    await clientFor(restUrl).calls(sid).update({ twiml })
    expect(await eventually(() => far.closed === 'well' && events.length === 1)).toBe(true)
    for (let frame = 0; frame < 101; frame += 1) line.send(frameOf(8_000))
    await eventually(() => events.length === 3)
    expect(events.map(({ type }) => type)).toEqual(['claimed', 'metadata', 'ended'])
  })

  test('sends the call elsewhere by an address', async () => {
    const { line, far, restUrl, sid } = await dial()
    await clientFor(restUrl)
      .calls(sid)
      .update({ url: `${place.webhook}/other` })
    expect(await eventually(() => far.closed === 'well')).toBe(true)
    const other = await place.nextFar(1)
    expect(other.request.url).toBe('/other')
    await line.hangUp()
  })

  test('is broken by TwiML that is none', async () => {
    const { events, restUrl, sid } = await dial()
    await clientFor(restUrl).calls(sid).update({ twiml: 'Hello' })
    expect(await eventually(() => events.length === 1)).toBe(true)
    expect(events[0]).toMatchObject({ type: 'broke', fault: { by: 'agent', code: 'bad_frame' } })
  })

  test('may do nothing without the token, nor with a body that has no end', async () => {
    const { line, events, restUrl, sid } = await dial()
    await expect(clientFor(restUrl, 'other').calls(sid).update({ status: 'completed' })).rejects.toMatchObject({ status: 401 })
    await expect(
      clientFor(restUrl)
        .calls(sid)
        .update({ twiml: 'x'.repeat(70_000) }),
    ).rejects.toMatchObject({ status: 413 })
    await expect(clientFor(restUrl).calls('CA0').fetch()).rejects.toMatchObject({ status: 404 })
    expect(events).toEqual([])
    await line.hangUp()
  })
})

test('no REST interface is served where the suite does not ask for one', async () => {
  let served = 0
  const counting: LineUse = { ...use, calls: { ...use.calls, serve: call => ((served += 1), use.calls.serve(call)) } }
  const line = await twilioTo(place.url, { parameters: { a: 'b' } }, counting)(() => {}, new AbortController().signal)
  await line.hangUp()
  expect(served).toBe(0)
})

test("an agent with the barge-in of Twilio's samples clears while its marks are pending, and not after they are reached", async () => {
  const agent = await startTwilioStreamAgent()
  const events: LineEvent[] = []
  const line = await twilioTo(agent.webhook)(event => void events.push(event), new AbortController().signal)
  const marks = (): string[] => events.flatMap(event => (event.type === 'mark' ? [event.name] : []))
  await eventually(() => marks().length === 10)
  const [call] = agent.calls
  for (const mark of marks().slice(0, 9)) line.reached?.(mark)
  await eventually(() => call?.pending.length === 1)
  // The caller speaks into the greeting.
  for (let frame = 0; frame < 10; frame += 1) line.send(frameOf(8_000, 9_000, -9_000))
  expect(await eventually(() => events.at(-1)?.type === 'clear')).toBe(true)
  line.reached?.(marks()[9]!)
  for (let frame = 0; frame < 30; frame += 1) line.send(frameOf(8_000))
  await eventually(() => marks().length === 15)
  for (const mark of marks().slice(10)) line.reached?.(mark)
  await eventually(() => call?.pending.length === 0)
  line.press?.('7')
  for (let frame = 0; frame < 10; frame += 1) line.send(frameOf(8_000, 9_000, -9_000))
  await line.hangUp()
  await eventually(() => call?.stopped === true)
  expect(call).toMatchObject({ clears: 1, marks: 15, keys: '7', stopped: true })
  await agent.close()
})
