import { parseNameAddr } from './name-addr.js'
import { parseUri, userOf } from './uri.js'

/** Whom a call names at one of its ends. */
export interface Party {
  /** As it stands in the message. */
  readonly uri: string
  /** The number or name in it; `''` if there is none. */
  readonly user: string
  readonly displayName: string
}

/** @param value  Of a header, or a URI in angle brackets. */
export function partyOf(value: string): Party {
  const { display = '', uri: text = '' } = parseNameAddr(value) ?? {}
  const uri = parseUri(text)
  return { uri: text, user: uri ? userOf(uri) : '', displayName: display }
}
