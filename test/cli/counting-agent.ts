import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** An agent over HTTP that says `You said ...` and counts: over all workers, whoever calls. */
export interface CountingAgent extends AsyncDisposable {
  readonly url: string
  /** How often each conversation has begun, by the name of its run. */
  readonly begun: ReadonlyMap<string, number>
  /** When each conversation began, in the order they did. */
  readonly begunAtMs: readonly number[]
  /** Requests in progress, now and at most. */
  readonly underWay: number
  readonly peak: number
  /** The Authorization header of the last request. */
  readonly authorization: string | undefined
}

export async function startCountingAgent({ delayMs = 0 } = {}): Promise<CountingAgent> {
  const begun = new Map<string, number>()
  const begunAtMs: number[] = []
  let [underWay, peak] = [0, 0]
  let authorization: string | undefined

  const server = createServer((request, response) => {
    underWay += 1
    peak = Math.max(peak, underWay)
    response.on('close', () => (underWay -= 1))
    void answer()

    async function answer(): Promise<void> {
      authorization = request.headers.authorization
      let body = ''
      for await (const chunk of request) body += String(chunk)
      const { message, session } = JSON.parse(body) as { message: string; session: string }
      if (message === 'One.') {
        begun.set(session, (begun.get(session) ?? 0) + 1)
        begunAtMs.push(performance.now())
      }
      await wait(delayMs)
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ reply: `You said ${message}` }))
    }
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    begun,
    begunAtMs,
    get underWay() {
      return underWay
    },
    get peak() {
      return peak
    },
    get authorization() {
      return authorization
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
