import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { openNetwork } from '../../../src/adapters/network/open-network.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import { watchResult } from '../../../src/app/watch-result.js'

test.each([
  [2, 'an older Callsheet, whose events have format 2, and this one reads only format 4. Update that server.'],
  [5, 'a newer Callsheet, whose events have format 5, and this one reads only format 4. Update this one.'],
])('a server whose events have format %i is refused, and none of them is shown', async (version, told) => {
  const events = [
    { type: 'suite.started', version },
    { type: 'suite.ended', report: { gate: { verdict: 'passed' } } },
  ]
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.end(events.map((event, i) => `id: ${i}\ndata: ${JSON.stringify(event)}\n\n`).join(''))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const shown: unknown[] = []
  const { signal } = new AbortController()
  try {
    const watched = await watchResult(
      `${base}/results/1`,
      { apiKey: undefined, signal, show: event => void shown.push(event) },
      { clock: systemClock, network: openNetwork({}) },
    )
    expect(watched).toEqual({ status: 'refused', message: `${base} runs ${told}` })
    expect(shown).toEqual([])
  } finally {
    server.close()
  }
})

test.each(['http://u:s3cret@h/foo', 'http://h/results/1?token=s3cret', 'http://u:s3 cret@h:abc/results/1', 'htp:/u:s3cret@h/results/1'])(
  'no address that is refused is shown with its secrets: %s',
  async url => {
    const { signal } = new AbortController()
    const watched = await watchResult(
      url,
      { apiKey: undefined, signal, show: () => undefined },
      { clock: systemClock, network: openNetwork({}) },
    )
    expect(watched).toMatchObject({ status: 'refused', message: expect.stringContaining('is not the address of a result') as string })
    expect(JSON.stringify(watched)).not.toMatch(/s3|cret/)
  },
)

test('a message without an end is given up before it fills the memory', async () => {
  let sent = 0
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const piece = 'x'.repeat(1024 * 1024)
    const send = (): void => {
      sent += piece.length
      if (!response.destroyed) response.write(`data: ${piece}\n`, send)
    }
    send()
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const { signal } = new AbortController()
  try {
    const watched = await watchResult(
      `${base}/results/1`,
      { apiKey: undefined, signal, show: () => undefined },
      { clock: systemClock, network: openNetwork({}) },
    )
    expect(watched).toEqual({ status: 'lost', message: `${base} sent a message of more than 64 MiB. It is no Callsheet server.` })
    expect(sent).toBeLessThan(100 * 1024 * 1024)
  } finally {
    server.closeAllConnections()
    server.close()
  }
})

test('a server that is not there is told once, while it is tried further', async () => {
  const server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  await new Promise(done => server.close(done))
  const stop = new AbortController()
  const warnings: string[] = []
  let pauses = 0
  const clock = {
    ...systemClock,
    after(ms: number, call: () => void) {
      pauses += 1
      if (pauses === 3) stop.abort()
      return systemClock.after(Math.min(ms, 1), call)
    },
  }
  const watched = await watchResult(
    `http://127.0.0.1:${port}/results/1`,
    { apiKey: undefined, signal: stop.signal, show: () => undefined, warn: message => void warnings.push(message) },
    { clock, network: openNetwork({}) },
  )
  expect(watched).toEqual({ status: 'interrupted' })
  expect(pauses).toBe(3)
  expect(warnings).toEqual([expect.stringMatching(/cannot be reached \(ECONNREFUSED.*Trying again for up to 5 minutes\.$/)])
})
