import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { connect } from 'node:net'
import type { Clock } from '../../ports/clock.js'

/** The time limit of one probe. */
const lookMs = 5_000

/**
 * Whether an agent is ready. At http(s)://, any HTTP answer counts. At ws(s):// and tcp://, it is enough that something
 * listens, because a real WebSocket would be a conversation to the agent.
 *
 * @param signal  Ends the probe with `false`.
 */
export function isReady(address: URL, clock: Clock, signal: AbortSignal): Promise<boolean> {
  return /^https?:$/.test(address.protocol) ? answersHttp(address, clock, signal) : isListening(address, clock, signal)
}

/** Whether anything accepts connections at the address. */
export function isListening(address: URL, clock: Clock, signal?: AbortSignal): Promise<boolean> {
  return look(clock, signal, done => {
    const host = address.hostname.replace(/^\[(.*)\]$/, '$1')
    const socket = connect(portOf(address), host, () => done(true)).on('error', () => done(false))
    return () => socket.destroy()
  })
}

function answersHttp(address: URL, clock: Clock, signal: AbortSignal): Promise<boolean> {
  return look(clock, signal, done => {
    // The connection itself checks the certificate later.
    const options = { agent: false, rejectUnauthorized: false }
    const request = address.protocol === 'https:' ? requestHttps(address, options) : requestHttp(address, options)
    request
      .on('response', () => done(true))
      .on('error', () => done(false))
      .end()
    return () => request.destroy()
  })
}

/** Runs a probe until it is done, its time is up, or the signal aborts. */
function look(clock: Clock, signal: AbortSignal | undefined, begin: (done: (found: boolean) => void) => () => void): Promise<boolean> {
  return new Promise(resolve => {
    const giveUp = (): void => finish(false)
    const cancel = clock.after(lookMs, giveUp)
    signal?.addEventListener('abort', giveUp)
    const stop = begin(finish)

    function finish(found: boolean): void {
      cancel()
      signal?.removeEventListener('abort', giveUp)
      stop()
      resolve(found)
    }
  })
}

function portOf({ protocol, port }: URL): number {
  if (port) return Number(port)
  return protocol === 'https:' || protocol === 'wss:' ? 443 : 80
}
