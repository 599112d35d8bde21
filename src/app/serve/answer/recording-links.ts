import type { Clock } from '../../../ports/clock.js'
import { createTokenSigner } from '../signed-token.js'

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
  const signer = createTokenSigner('recording links', secret)
  return {
    of(project, run) {
      const expiresAt = new Date(Math.ceil((clock.date().getTime() + linkMs) / 1000) * 1000)
      return { token: signer.seal([project, run, expiresAt.getTime() / 1000]), expiresAt }
    },
    open(token) {
      const opened = signer.open(token) as [string, number, number] | undefined
      if (!opened) return undefined
      const [project, run, expires] = opened
      const expiresAt = new Date(expires * 1000)
      return expiresAt > clock.date() ? { project, run, expiresAt } : undefined
    },
  }
}
