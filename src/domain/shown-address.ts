const hidden = '[redacted]'

/** What stands before the user: a key and a scheme, if there are any. */
const beginning = /^(?:-*[\w-]+=)*(?:[\w+.-]+:)?\/\//

/**
 * An address for messages, without user, password and query. It may be mistyped and be no URL: then all up to the last `@` counts
 * as user and password, and all behind the first `?` as query. Where these overlap, nothing of it is shown.
 */
export function shownAddress(text: string): string {
  const end = text.lastIndexOf('@')
  const query = text.indexOf('?')
  const open = beginning.exec(text.slice(0, Math.max(end, 0)))?.[0] ?? ''
  if (query >= 0 && query < end) return `${open}${hidden}`
  const host = query < 0 ? text.slice(Math.max(end, 0)) : `${text.slice(Math.max(end, 0), query)}?${hidden}`
  return end < 0 ? host : `${open}${hidden}${host}`
}

/** A message with its addresses as they are {@link shownAddress shown}; also those that were taken for paths, whose `//` is then a `/`. */
export function withShownAddresses(message: string): string {
  return message.replaceAll(/\b[a-z][\w+.-]*:\/\/?[^\s"'<>]*[^\s"'<>.,;:)]/gi, shownAddress)
}
