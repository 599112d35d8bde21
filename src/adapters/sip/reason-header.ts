import type { HeaderList } from './header-list.js'
import { unquoted } from './params.js'

/** Why a call ended, as a Reason header says it (RFC 3326). */
export interface Reason {
  /** A status of SIP, or what a cause of the telephone network (Q.850) comes to in SIP; `undefined` for other causes. */
  readonly status: number | undefined
  /** `''` if there is none. */
  readonly text: string
}

/** Causes of Q.850 that say more than the status beside them often does (RFC 3398, 7.2.4.1). */
const statusOfCause: Readonly<Record<number, number>> = { 1: 404, 17: 486, 18: 408, 19: 480, 20: 480, 21: 603, 22: 410, 28: 484 }

/** @returns `undefined` if there is no Reason header. */
export function reasonIn(headers: HeaderList): Reason | undefined {
  const reasons = headers.listed('Reason').map(read)
  const [first] = reasons
  return (
    first && { status: reasons.find(each => each.status !== undefined)?.status, text: reasons.find(each => each.text !== '')?.text ?? '' }
  )
}

function read(value: string): Reason {
  const [, protocol = '', rest = ''] = /^([\w.]+)\s*(;.*)?$/s.exec(value) ?? []
  const cause = Number(/;\s*cause\s*=\s*(\d{1,3})\b/i.exec(rest)?.[1] ?? 0)
  const text = /;\s*text\s*=\s*("(?:[^"\\]|\\.)*"|[^;\s]+)/i.exec(rest)?.[1] ?? ''
  const isOfSip = protocol.toUpperCase() === 'SIP' && cause >= 200 && cause < 700
  return { status: isOfSip ? cause : protocol.toUpperCase() === 'Q.850' ? statusOfCause[cause] : undefined, text: unquoted(text) }
}
