import { isRecord, parseJson } from '../../domain/json-value.js'
import type { ModelMessage } from '../../ports/language-model.js'
import { textsIn } from './texts-in.js'

/**
 * Whether a question shows what reads as an answer to it, in any spelling: a key beside one of its values (`verdict: met`), or two keys. A
 * model that speaks of it may write it as JSON that nobody said word for word. The rules and the model's own words are left aside.
 */
export function showsAnswer(messages: readonly ModelMessage[], schema: Readonly<Record<string, unknown>>): boolean {
  const keys = [...keysIn(schema)].map(([key, values]) => ({
    key: `${folded(key)}:`,
    values: [...values].map(value => folded(String(value))),
  }))
  return messages
    .filter(({ role }) => role === 'user')
    .flatMap(({ content }) => textsOf(content))
    .some(text => {
      const shown = folded(` ${text}`)
      const found = keys.filter(({ key }) => shown.includes(` ${key}`) || shown.includes(`:${key}`))
      return found.length > 1 || found.some(({ key, values }) => values.some(value => shown.includes(key + value)))
    })
}

/** The keys of a schema's innermost objects, with the values that they allow, if it lists them. Numbers are no keys that tell anything. */
function keysIn(schema: unknown, keys = new Map<string, Set<unknown>>()): Map<string, Set<unknown>> {
  if (!isRecord(schema)) return keys
  const { properties, items } = schema
  if (items !== undefined) return keysIn(items, keys)
  for (const [key, inner] of Object.entries(isRecord(properties) ? properties : {})) {
    const { enum: values = [] } = inner as { readonly enum?: readonly unknown[] }
    const isInnermost = keysIn(inner).size === 0
    if (!isInnermost) keysIn(inner, keys)
    else if (!/^\d+$/.test(key)) keys.set(key, new Set([...(keys.get(key) ?? []), ...values]))
  }
  return keys
}

/**
 * The words of a message: of its lines that are JSON, such as a transcript's, the texts under each key, and all of them. They come apart, and
 * joined: an agent can say one word in two messages.
 */
function textsOf(content: string): string[] {
  const rest: string[] = []
  const all: string[] = []
  const byKey = new Map<string, string[]>()
  for (const line of content.split('\n')) {
    const value = parseJson(line)
    if (!isRecord(value)) rest.push(line)
    for (const [key, inner] of Object.entries(isRecord(value) ? value : {})) {
      const texts = textsIn(inner)
      all.push(...texts)
      byKey.set(key, (byKey.get(key) ?? []).concat(texts))
    }
  }
  return [rest.join('\n'), ...[all, ...byKey.values()].flatMap(texts => [texts.join('\n'), texts.join('')])]
}

/** In lower case, without escapes and accents; of the signs between words, `:` for whatever divides a key from its value, else a blank. */
function folded(text: string): string {
  return text
    .replaceAll(/\\+u([\da-f]{4})|&#x([\da-f]{1,4});|%([\da-f]{2})/gi, (_, ...codes: (string | undefined)[]) =>
      String.fromCharCode(Number.parseInt(codes.slice(0, 3).find(Boolean) ?? '', 16)),
    )
    .replaceAll(/&#(\d{1,5});/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/&[a-z]+;|\\+[nrt]/gi, ' ')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{Cf}\p{M}]/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, signs => (/[:=>›|→]/.test(signs) ? ':' : ' '))
}
