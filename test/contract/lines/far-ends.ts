import type { WebSocket } from 'ws'
import type { Clock } from '../../../src/ports/clock.js'
import type { Dial } from '../../../src/ports/line.js'
import { startSocketPlace, type AcceptedSocket } from '../../support/socket-place.js'
import { eventually } from '../channels/conduct-call.js'
import type { FarEnd } from './describe-line.js'

/** A place of WebSockets whose far ends a test holds. @param dialTo  Dials a URL of it. */
export async function startFarEnds<Far>(farOf: (accepted: AcceptedSocket) => Far, dialTo: (url: string, clock: Clock) => Dial) {
  const ends: Far[] = []
  const requests: AcceptedSocket['request'][] = []
  const place = await startSocketPlace({
    accept: accepted => {
      requests.push(accepted.request)
      ends.push(farOf(accepted))
    },
  })
  let dialled = 0
  return {
    ...place,
    ends,
    requests,
    dial: (taking: string, clock: Clock): Dial => {
      const dial = dialTo(place.url + (taking === 'usual' ? '/' : `/${taking}`), clock)
      return (...args) => {
        dialled = ends.length
        return dial(...args)
      }
    },
    far: async () => {
      await eventually(() => ends.length > dialled)
      return ends.at(-1)!
    },
    underWay: place.openConnections,
    stop: place.close,
  }
}

/** Sends these messages as they are, from a far end that has a socket. */
export const raw =
  (...messages: (string | Buffer)[]) =>
  (far: FarEnd): void => {
    for (const message of messages) (far as FarEnd & { readonly socket: WebSocket }).socket.send(message)
  }
