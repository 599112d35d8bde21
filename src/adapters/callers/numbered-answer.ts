import type { AnswerShape } from '../../ports/language-model.js'

/** Numbers the items of a question: `1. ...` */
export function numbered(items: readonly string[]): string[] {
  return items.map((item, i) => `${i + 1}. ${item}`)
}

/**
 * The shape for one answer per item: an object `{ "1": ..., "2": ... }` in which every number is required.
 *
 * @param tokensEach  The longest answer to one item.
 */
export function numberedAnswer(
  name: string,
  items: readonly string[],
  each: Readonly<Record<string, unknown>>,
  tokensEach: number,
): AnswerShape {
  const properties = Object.fromEntries(items.map((_, i) => [String(i + 1), each]))
  return {
    name,
    schema: { type: 'object', additionalProperties: false, required: Object.keys(properties), properties },
    mostTokens: 50 + tokensEach * items.length,
    wrap: words => Object.fromEntries(items.map((_, i) => [String(i + 1), i === 0 ? words : ''])),
  }
}
