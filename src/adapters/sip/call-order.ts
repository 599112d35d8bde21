import type { CallMedia } from './call-media.js'
import type { CallListener } from './sip-call.js'
import type { Uri } from './uri.js'

/** A call to place. */
export interface CallOrder {
  /** Whom to call: the Request-URI and To. */
  readonly to: Uri
  /** Who calls: From, and the user of Contact. */
  readonly from: Uri
  /** The name beside our number. */
  readonly displayName?: string | undefined
  /** Where the INVITE is sent, if not to where `to` leads: a registrar or a proxy. */
  readonly proxy?: Uri | undefined
  /** The way that it is to take from there: values of Route. */
  readonly route?: readonly string[] | undefined
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly media: CallMedia
  /** How long it may ring, in milliseconds. */
  readonly ringMs: number
  readonly listener?: CallListener | undefined
}
