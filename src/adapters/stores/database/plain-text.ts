/** PostgreSQL's text holds every character but one. */
export function plainText(text: string): string {
  return text.replaceAll('\0', '\u{FFFD}')
}
