import type { IncomingMessage } from 'node:http'
import { Refused } from './http-messages.js'
import type { Seat } from './seat.js'

/** The calls in progress, by run id. */
export type Seats = Map<string, Seat>

/** The target of a request. */
export interface Route {
  readonly kind: 'tools' | 'mcp'
  /** The tool, if the path names one. */
  readonly tool?: string
  /** The run, if the request names one. */
  readonly runId?: string
}

/** @throws {Refused} when the address does not exist. */
export function routeOf({ url = '/', headers }: IncomingMessage): Route {
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1')
  const [, inPath, kind, tool] = /^(?:\/runs\/([^/]+))?\/(tools|mcp)(?:\/([^/]+))?\/?$/.exec(pathname) ?? []
  if (kind === undefined || (kind === 'mcp' && tool !== undefined)) {
    throw new Refused(404, 'Known paths: /tools, /tools/<name> and /mcp, each also below /runs/<run id>.')
  }
  const runId = inPath === undefined ? (headers['x-callsheet-run-id'] ?? searchParams.get('run')) : decode(inPath)
  return {
    kind: kind === 'mcp' ? 'mcp' : 'tools',
    ...(tool !== undefined && { tool: decode(tool) }),
    ...(typeof runId === 'string' && { runId }),
  }
}

/** The request's call; without a run id, the only call. @throws {Refused} when the call is unknown. */
export function seatFor({ runId }: Route, seats: Seats): Seat {
  if (runId !== undefined) {
    const seat = seats.get(runId)
    if (!seat) throw new Refused(410, `No call of run "${runId}" is in progress.`)
    return seat
  }
  const [only, another] = seats.values()
  if (only && !another) return only
  throw new Refused(
    409,
    `${only ? `${seats.size} calls are` : 'No call is'} in progress, and the request does not name its run. Use ` +
      '/runs/<run id>/tools/<name> or /runs/<run id>/mcp, or send the header X-Callsheet-Run-Id: <run id>.',
  )
}

/** The same for requests that need no particular call. */
export function seatIfKnown(route: Route, seats: Seats): Seat | undefined {
  return route.runId === undefined && seats.size !== 1 ? undefined : seatFor(route, seats)
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new Refused(400, `"${part}" is not encoded correctly.`)
  }
}
