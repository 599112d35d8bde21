import type { ModelRequest } from '../../ports/language-model.js'

/** Items of a question, each with its number: `1. ...` */
export function numbered(items: readonly string[]): string[] {
  return items.map((item, i) => `${i + 1}. ${item}`)
}

/** The shape of an answer to each of them, by its number: an object `{ "1": ..., "2": ... }`, from which none can be missing. */
export function numberedAnswer(name: string, items: readonly string[], each: Readonly<Record<string, unknown>>): ModelRequest['answer'] {
  const properties = Object.fromEntries(items.map((_, i) => [String(i + 1), each]))
  return { name, schema: { type: 'object', additionalProperties: false, required: Object.keys(properties), properties } }
}
