import type { HeaderList } from './header-list.js'

/** What we ask for, in seconds (RFC 4028, 4 recommends it). */
export const ourIntervalS = 1800
/** The least that we take, in seconds; RFC 4028 allows no less. */
export const leastIntervalS = 90

const shortestIntervalS = 10

/** After how long without a refresh a call counts as dead, and who sends the refreshes. */
export interface SessionInterval {
  readonly seconds: number
  readonly isRefreshedByUs: boolean
}

/** The headers of our INVITE or UPDATE that ask for a session timer. */
export function intervalRequest(seconds: number, leastS: number, refresher?: 'uac' | 'uas'): [name: string, value: string][] {
  return [
    ['Session-Expires', `${seconds}${refresher === undefined ? '' : `;refresher=${refresher}`}`],
    ['Min-SE', String(leastS)],
  ]
}

/** What a 2xx to our request agreed to. @returns `undefined` if the far side wants no timer. */
export function intervalGranted(headers: HeaderList): SessionInterval | undefined {
  const asked = expiresIn(headers)
  // Nobody can keep up with less; it is a mistake.
  return asked && asked.seconds >= shortestIntervalS ? { seconds: asked.seconds, isRefreshedByUs: asked.refresher !== 'uas' } : undefined
}

/** What we agree to in our 2xx to their request. */
export type Agreement =
  | { readonly kind: 'too_small' }
  | { readonly kind: 'none' }
  | { readonly kind: 'agreed'; readonly interval: SessionInterval; readonly headers: [name: string, value: string][] }

/** Takes the interval that a request asks for. Whoever cannot refresh by itself is refreshed. */
export function agreeTo(headers: HeaderList): Agreement {
  const asked = expiresIn(headers)
  if (!asked) return { kind: 'none' }
  if (asked.seconds < leastIntervalS) return { kind: 'too_small' }
  const supportsTimer = headers.lists('Supported', 'timer')
  const refresher = asked.refresher ?? (supportsTimer ? 'uac' : 'uas')
  return {
    kind: 'agreed',
    interval: { seconds: asked.seconds, isRefreshedByUs: refresher === 'uas' },
    headers: [
      ['Session-Expires', `${asked.seconds};refresher=${refresher}`],
      ...(supportsTimer ? [['Require', 'timer'] as [string, string]] : []),
    ],
  }
}

/** The least interval that a 422 asks for, in seconds. */
export function leastIn(headers: HeaderList): number {
  const [seconds] = /^\d{1,6}/.exec(headers.get('Min-SE') ?? '') ?? []
  return Number(seconds ?? 0)
}

function expiresIn(headers: HeaderList): { seconds: number; refresher: string | undefined } | undefined {
  const [, seconds, rest = ''] = /^(\d{1,9})(.*)$/.exec(headers.get('Session-Expires') ?? '') ?? []
  if (seconds === undefined) return undefined
  const refresher = /;\s*refresher\s*=\s*(uac|uas)/i.exec(rest)?.[1]?.toLowerCase()
  return { seconds: Number(seconds), refresher }
}
