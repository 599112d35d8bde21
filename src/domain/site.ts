import type { Lacking } from './trunk-desk.js'

/** Where a page of a server belongs, and what its visitor may do. */
export interface Site {
  readonly project: string
  /** Goes with every action; absent for visitors who may only read. */
  readonly formToken?: string
  /** Whether there is a session to end. */
  readonly isSignedIn: boolean
  /** Name of the visitor, who may sign results off; absent for all others. */
  readonly signer?: string
}

/** A run in progress. */
export interface UnderWay {
  readonly key: string
  readonly title: string
  readonly attempt: number
  /** What it waits for at its telephone trunk; absent if it does not. */
  readonly lacks?: Lacking
  /** The number that its agent is to call; absent if it is not waited for. */
  readonly awaitsAt?: string
  /** The last words; absent if nothing has been said. */
  readonly last?: { readonly by: 'agent' | 'caller'; readonly text: string }
}
