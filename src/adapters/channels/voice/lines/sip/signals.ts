import type { Fault } from '../../../../../domain/fault.js'
import type { PortRange } from '../../../../../domain/trunk.js'
import type { AgreedMedia } from '../../../../rtp/agreed-media.js'

/** What the line of a call on the media's thread tells the side that signals. */
export type ToSignalling =
  /** Its sockets are there: the call may be placed, or answered. */
  | { readonly type: 'opened'; readonly port: number }
  /** They are not. */
  | { readonly type: 'unopened'; readonly fault: Fault }
  | { readonly type: 'press'; readonly digits: string }
  /** What came of the sound so far, in one line. */
  | { readonly type: 'summary'; readonly text: string }
  | { readonly type: 'hang_up' }

/** What the side that signals tells the line. Nothing but `closed` follows `ended` or `failed`. */
export type FromSignalling =
  /** Opens sockets at this address of ours, and at some of these ports. */
  | { readonly type: 'open'; readonly address: string; readonly ports: PortRange | undefined }
  | { readonly type: 'agreed'; readonly media: AgreedMedia }
  | { readonly type: 'answered'; readonly keys: 'events' | 'info' }
  | { readonly type: 'keyed'; readonly digits: string }
  | { readonly type: 'warned'; readonly warning: string }
  /** The agent hung up. */
  | { readonly type: 'ended' }
  | { readonly type: 'failed'; readonly fault: Fault }
  /** All is said: the call is over. */
  | { readonly type: 'closed' }
