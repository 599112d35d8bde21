/**
 * Makes outside text harmless in terminals, in the logs of CI and in XML: it never acts where it is printed. Anything that
 * would control a terminal, reorder the text, or is not allowed in XML 1.0 becomes visible. Line breaks (as `\n`) and tabs
 * stay.
 *
 * - Control characters become their pictures: ESC becomes `␛`.
 * - C1 controls, bidirectional overrides and isolates, line separators, U+FFFE and U+FFFF become their names:
 *   `<U+202E>`.
 * - Half a surrogate pair becomes U+FFFD.
 * - Commands for a CI runner get a space: `: :error`, `# #vso[`. So do `[ [ATTACHMENT|`, which readers of JUnit take.
 */
export function safeText(text: string): string {
  const seen = visibleText(text)
  return command.test(seen) ? seen.replaceAll(commandAll, signs => signs.replaceAll(/(?<=.)(?=.)/g, ' ')) : seen
}

/** {@link safeText} for pages, which no CI runner reads: its commands stay as they are. */
export function visibleText(text: string): string {
  const lines = text.replaceAll('\r\n', '\n')
  return unsafe.test(lines) ? lines.replaceAll(unsafeAll, visible) : lines
}

/** {@link safeText} for a line of a source, one character for each, so that carets below it stay in place. */
export function safeColumns(line: string): string {
  return line.replaceAll(unsafeAll, '\uFFFD').replaceAll(commandAll, signs => '\uFFFD'.repeat(signs.length))
}

/** {@link safeText} on one line: a line break becomes `⏎`. */
export function safeLine(text: string): string {
  return safeText(text).replaceAll('\n', ' ⏎ ').replaceAll('\t', ' ')
}

/**
 * {@link safeText} for text in double quotes whose language knows `\uXXXX`, as JSON and YAML do: the value stays the same.
 */
export function escapeUnsafe(text: string): string {
  return text.replaceAll(unsafeAll, escapes).replaceAll(commandAll, escapes)
}

/** HTML whose commands for a CI runner are none, should it be printed: signs of them stand there as their numbers. */
export function quietHtml(html: string): string {
  return html.replaceAll(commandAll, signs => signs.replaceAll(/(?<=.)./g, sign => `&#${sign.charCodeAt(0)};`))
}

function escapes(signs: string): string {
  return signs.replaceAll(/[\s\S]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}`)
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

/**
 * - `::` where a line begins, or a longer line could be broken: GitHub takes it after white space too.
 * - `##` before `[`, or before a name and `[`, anywhere: `##[error]`, `##vso[`, `##teamcity[`.
 * - `[[` before a name and `|`.
 */
const command = /(?<=^|[\s\u180E\u200B]):{2,}|##(?=[^\s#[\]]{0,64}\[)|\[\[(?=[^\s[\]|]{1,64}\|)/m
const commandAll = new RegExp(command, 'gm')

function visible(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  if (code >= 0xd800 && code <= 0xdfff) return '\uFFFD'
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}
