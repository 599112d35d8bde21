import { createHmac } from 'node:crypto'

/**
 * The value of X-Twilio-Signature.
 *
 * @param url  Exactly as it was given: an agent that compares signs the same text.
 * @param form  What a POST carries; nothing for a GET and for a socket.
 * @see https://www.twilio.com/docs/usage/security#validating-requests
 */
export function signatureOf(authToken: string, url: string, form: Readonly<Record<string, string>> = {}): string {
  const text = Object.keys(form)
    .toSorted()
    .reduce((signed, key) => signed + key + form[key], url)
  return createHmac('sha1', authToken).update(text).digest('base64')
}

/** A URL as it is signed: without user and password, and otherwise as it stands. */
export function signedUrl(url: string): string {
  return url.replace(/^([a-z]+:\/\/)[^/?#@]*@/i, '$1')
}
