import { safeLine, safeText } from './safe-text.js'

/**
 * A text on one line of Markdown, as it is: no emphasis, link, mention, reference, HTML or end of a table's cell. Every sign that could
 * be one stands there as its number. GitHub looks for mentions, references and addresses of e-mail in what is shown, so there an
 * empty sign parts them.
 */
export function safeMarkdown(text: string): string {
  return asNumbers(safeLine(text))
    .replaceAll(/&#(?:64|35);(?=\w)/g, sign => `${sign}${nothing}`)
    .replaceAll(/\bgh-(?=\d)/gi, reference => `${reference}${nothing}`)
}

/** A text on one line of code, which can be copied as it is. GitHub looks for nothing in code. */
export function codeMarkdown(text: string): string {
  return `<code>${asNumbers(safeLine(text)).replaceAll(/&#64;(?=\w)/g, sign => `${sign}${nothing}`)}</code>`
}

function asNumbers(line: string): string {
  return line.replaceAll(acting, sign => `&#${sign.charCodeAt(0)};`).replaceAll(/www\./gi, address => `${address.slice(0, 3)}&#46;`)
}

/** A space without width. */
const nothing = '&#8203;'

/** A colon before a space begins neither an address nor an emoji. */
const acting = /[`*_{}[\]<>|@~\\!$^#&]|:(?!\s|$)/g

/** Lines as a block of code, whose fence is longer than any in them. */
export function codeBlock(text: string): string {
  const safe = safeText(text)
  const longest = [...safe.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${safe}\n${fence}`
}
