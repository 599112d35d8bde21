import type { SipRequest } from './message.js'

/** The keys that an INFO tells of (application/dtmf-relay, application/dtmf); `''` if it is about something else. */
export function keysIn({ headers, body }: SipRequest): string {
  const type = (headers.get('Content-Type') ?? '').toLowerCase()
  if (type.startsWith('application/dtmf-relay')) return keyOf(/^\s*Signal\s*=\s*([\dA-D*#]{1,2})\s*$/im.exec(body)?.[1] ?? '')
  if (type.startsWith('application/dtmf')) return keyOf(body.trim())
  return ''
}

/** An INFO body that tells of one key. @param key  `0`-`9`, `*`, `#`, `A`-`D`. */
export function keyInfo(key: string, durationMs: number): { readonly type: string; readonly content: string } {
  return { type: 'application/dtmf-relay', content: `Signal=${key}\r\nDuration=${durationMs}\r\n` }
}

/** Some write the star and the hash by their event numbers, 10 and 11. */
function keyOf(signal: string): string {
  if (/^1[0-5]$/.test(signal)) return '*#ABCD'[Number(signal) - 10] ?? ''
  return /^[\dA-D*#]$/i.test(signal) ? signal.toUpperCase() : ''
}
