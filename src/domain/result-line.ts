import type { AgentIdentity } from './identity.js'
import type { ResultId } from './ids.js'
import type { Gate } from './report.js'

/** A stored result in one line of a list. */
export interface ResultLine {
  /** Its folder, as people type it. */
  readonly place: string
  readonly result: ResultId
  readonly startedAt: string
  readonly suite: string
  readonly agents: readonly { readonly key: string; readonly identity?: AgentIdentity }[]
  /**
   * `running`: another process is writing it. `cut_off`: its journal has no end, and nobody writes it.
   * `contradicts_itself`: the last line of its journal and its runs disagree.
   */
  readonly state: Gate['verdict'] | 'running' | 'cut_off' | 'contradicts_itself'
  readonly passed: number
  readonly runs: number
  readonly isSigned: boolean
}

/** The results in a folder, oldest first. */
export interface ResultList {
  readonly folder: string
  readonly results: readonly ResultLine[]
  readonly unreadable: readonly { readonly place: string; readonly because: string }[]
}
