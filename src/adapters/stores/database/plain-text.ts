/** PostgreSQL's text holds every character but one. */
export function plainText(text: string): string {
  return text.replaceAll('\0', '\u{FFFD}')
}

/** A name as it is searched for. In lower case here, for the databases do not agree on what that is. */
export function searchable(name: string): string {
  return plainText(name.toLowerCase())
}
