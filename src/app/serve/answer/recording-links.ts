import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../../ports/clock.js'

/** Signs links to recordings, which open them without a key until they expire. */
export interface RecordingLinks {
  /** A link to the recording of a run. */
  of(project: string, run: number): RecordingLink
  /** What a link opens; `undefined` once it has expired, and if nobody here signed it. */
  open(token: string): Opened | undefined
}

export interface RecordingLink {
  readonly token: string
  readonly expiresAt: Date
}

interface Opened {
  readonly project: string
  readonly run: number
  readonly expiresAt: Date
}

/** How long a link works. */
const linkMs = 60 * 60 * 1000

/** @param secret  With it, links work beyond a restart, and on every server that has it. */
export function createRecordingLinks(secret: string | undefined, clock: Clock): RecordingLinks {
  const key = secret ? createHash('sha256').update(`callsheet recording links\0${secret}`).digest() : randomBytes(32)
  const sign = (payload: string): Buffer => createHmac('sha256', key).update(payload).digest()
  return {
    of(project, run) {
      const expiresAt = new Date(Math.ceil((clock.date().getTime() + linkMs) / 1000) * 1000)
      const payload = Buffer.from(JSON.stringify([project, run, expiresAt.getTime() / 1000])).toString('base64url')
      return { token: `${payload}.${sign(payload).toString('base64url')}`, expiresAt }
    },
    open(token) {
      const [payload = '', signature = ''] = token.split('.')
      const [given, own] = [Buffer.from(signature, 'base64url'), sign(payload)]
      if (given.length !== own.length || !timingSafeEqual(given, own)) return undefined
      const [project, run, expires] = JSON.parse(Buffer.from(payload, 'base64url').toString()) as [string, number, number]
      const expiresAt = new Date(expires * 1000)
      return expiresAt > clock.date() ? { project, run, expiresAt } : undefined
    },
  }
}
