/**
 * Makes outside text safe to print and to put into XML. Anything that would control a terminal, reorder the text, or is
 * not allowed in XML 1.0 becomes visible. Line breaks (as `\n`) and tabs stay.
 *
 * - Control characters become their pictures: ESC becomes `␛`.
 * - C1 controls, bidirectional overrides and isolates, line separators, U+FFFE and U+FFFF become their names:
 *   `<U+202E>`.
 * - Half a surrogate pair becomes U+FFFD.
 */
export function safeText(text: string): string {
  const lines = text.replaceAll('\r\n', '\n')
  return unsafe.test(lines) ? lines.replaceAll(unsafeAll, visible) : lines
}

/** {@link safeText} on one line: a line break becomes `⏎`. */
export function safeLine(text: string): string {
  return safeText(text).replaceAll('\n', ' ⏎ ').replaceAll('\t', ' ')
}

/** The start of a text that is too long, and how much is missing. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = wholeLength(text, most)
  return `${text.slice(0, cut)}… (${text.length - cut} more characters)`
}

/** Both ends of a text that is too long, with a note in place of the middle. */
export function cutMiddle(text: string, most: number): string {
  if (text.length <= most) return text
  const head = wholeLength(text, Math.floor(most / 2))
  const tail = wholeLength(text, text.length - Math.floor(most / 2))
  return `${text.slice(0, head)}\n[... ${tail - head} characters cut ...]\n${text.slice(tail)}`
}

/** The length, or one less if it would split a surrogate pair. */
function wholeLength(text: string, length: number): number {
  return /[\uD800-\uDBFF]/.test(text.charAt(length - 1)) ? length - 1 : length
}

const unsafe =
  // oxlint-disable-next-line no-control-regex -- they are what it looks for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u2028-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]|\p{Surrogate}/u
const unsafeAll = new RegExp(unsafe, 'gu')

function visible(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  if (code >= 0xd800 && code <= 0xdfff) return '\uFFFD'
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}
