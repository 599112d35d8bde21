import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createEgress } from '../../../../../../src/adapters/channels/egress.js'
import { triggerCall } from '../../../../../../src/adapters/channels/voice/phone/trigger-call.js'
import { systemClock } from '../../../../../../src/adapters/clocks/system.js'
import type { Fault, FaultError } from '../../../../../../src/domain/fault.js'
import type { ChannelUse } from '../../../../../../src/ports/channel.js'

/** Paths that were asked for, and what each status is answered with. */
const asked: string[] = []
let close: () => void
let base: string

beforeEach(async () => {
  asked.length = 0
  const server = createServer((request: IncomingMessage, response) => {
    asked.push(request.url!)
    const status = Number(request.url!.slice(1))
    response.writeHead(status, status === 302 ? { location: '/200' } : {}).end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  close = () => void server.close()
})
afterEach(() => close())

async function faultOf(url: string, use: Partial<ChannelUse> = {}): Promise<Fault | undefined> {
  const wanted = {
    trigger: { url },
    from: '+15555550100',
    to: '+15555550111',
    call: { agentVariables: {}, runId: '1' },
    signal: new AbortController().signal,
  }
  try {
    await triggerCall(wanted, { clock: systemClock, concurrency: 1, ...use })
    return undefined
  } catch (cause) {
    return (cause as FaultError).fault
  }
}

describe('what tells an agent to call', () => {
  test.each([200, 202, 204])('has taken it with %i', async status => {
    expect(await faultOf(`${base}/${status}`)).toBeUndefined()
  })

  test.each([500, 503])('is out of order with %i, which is no fault of the agent', async status => {
    expect(await faultOf(`${base}/${status}`)).toMatchObject({ by: 'infra', code: 'unreachable' })
  })

  test.each([400, 404])('refuses with %i, which is the agent', async status => {
    expect(await faultOf(`${base}/${status}`)).toMatchObject({ by: 'agent', status })
  })

  test('is not followed where it redirects', async () => {
    expect(await faultOf(`${base}/302`)).toMatchObject({ status: 302 })
    expect(asked).toEqual(['/302'])
  })

  test('is not asked at an address that a request may not reach', async () => {
    expect(await faultOf(`${base}/200`, { egress: createEgress([]) })).toMatchObject({ message: expect.stringMatching(/127\.0\.0\.1/) })
    expect(asked).toEqual([])
  })

  test('that does not listen is not the agent', async () => {
    close()
    expect(await faultOf('http://127.0.0.1:9/call')).toMatchObject({ by: 'infra', code: 'refused' })
  })
})
