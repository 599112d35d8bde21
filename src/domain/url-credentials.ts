/**
 * A URL's user and password as they are sent: decoded, or as written where a stray `%` makes them undecodable.
 *
 * @returns `user:password` as the value of a header for basic authentication; `undefined` if the URL has neither.
 */
export function basicAuthorization({ username, password }: Pick<URL, 'username' | 'password'>): string | undefined {
  if (!username && !password) return undefined
  return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`
}

/** Text with its percent-encoding decoded; as it stands where it cannot be. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
