/** PostgreSQL text cannot contain NUL. */
export function plainText(text: string): string {
  return text.replaceAll('\0', '\u{FFFD}')
}

/** A name in the form to search for. Lower-cased here, because the databases differ in how they do it. */
export function searchable(name: string): string {
  return plainText(name.toLowerCase())
}
