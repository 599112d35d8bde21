import type { ModelMessage } from '../../ports/language-model.js'
import { textsIn } from './texts-in.js'

/**
 * What is wrong with an answer that stands word for word in the question: the agent said it, or it was shown otherwise, and a model that
 * quotes it does not answer. Answers without a text, such as `{"ready":true}`, are alike whoever gives them. A caller may repeat what it
 * said itself.
 */
export function quoted(text: string, value: unknown, messages: readonly ModelMessage[]): string | undefined {
  if (textsIn(value).length === 0) return undefined
  const answers = [...new Set([text, JSON.stringify(value)])].map(folded)
  const patterns = answers.map(beginOf)
  const isShown = messages.some(({ role, content }) => {
    if (role === 'assistant' || !patterns.some(begin => begin.test(content))) return false
    const shown = folded(content)
    return answers.some(answer => shown.includes(answer))
  })
  return isShown ? 'it quotes JSON of the question' : undefined
}

/** What a text that contains a folded answer has in it: to look for that is cheaper than to fold the text. */
function beginOf(answer: string): RegExp {
  const begin = answer.slice(0, 3)
  let known = begins.get(begin)
  if (!known) {
    const signs = Array.from({ length: 3 }, (_, i) => String.raw`\u` + answer.charCodeAt(i).toString(16).padStart(4, '0'))
    if (begins.size >= mostBegins) begins.clear()
    begins.set(begin, (known = new RegExp(String.raw`\\u|` + signs.join(String.raw`[\\\s\u0085nrt]*`))))
  }
  return known
}

/** Most answers begin alike. */
const begins = new Map<string, RegExp>()
const mostBegins = 100

/**
 * Without blanks and escapes, and with `‹` for `<`, as questions show what an agent says: within the JSON of a transcript, a quotation mark
 * is `\"` and a line break `\n`.
 */
function folded(text: string): string {
  return text
    .replaceAll(/(?<!\\)\\+u([\da-f]{4})/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/\\+[nrt]?|[\s\u0085]+/g, '')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
}
