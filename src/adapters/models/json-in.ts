import { endOfString } from '../../domain/json-value.js'

/** JSON in a model's words. */
export interface FoundJson {
  readonly text: string
  readonly value: unknown
  /** Whether nothing follows it but blanks, and the end of a fence. */
  readonly isLast: boolean
  /** Whether nothing else was said, but thoughts that begin the answer, and a fence around it. */
  readonly isAlone: boolean
}

/**
 * The JSON in an answer: the whole text, or else the objects in it, wherever they stand. What a model thinks (`<think>`) is left out;
 * where its thoughts have no end, there is none.
 *
 * @param isCut  Whether the answer was cut off: only the whole text is looked at then, because a draft may stand before what is missing.
 */
export function jsonIn(content: string, isCut: boolean): readonly FoundJson[] {
  const all = found(content, alone)
  if (all) return [all]
  const said = withoutThoughts(content)
  // Where thoughts have no begin, all of it may be other words, and a quotation.
  const isAlone = said === content || /^\s*<think(?:ing)?>/i.test(content)
  const rest = found(said, { ...alone, isAlone })
  if (rest) return [rest]
  return isCut ? [] : objectsIn(said).map(each => ({ ...each, isAlone: each.isAlone && isAlone }))
}

const alone = { isLast: true, isAlone: true }

function withoutThoughts(content: string): string {
  const said = content.replace(/^[\s\S]*<\/think(?:ing)?>/i, '')
  return /<think(?:ing)?>/i.test(said) ? '' : said
}

/** In characters. Braces that are never closed would take quadratic time. */
const mostLooked = 4_000_000

/** The outermost objects: from each `{` that is not within another to the `}` that closes it. */
function objectsIn(text: string): FoundJson[] {
  const objects: FoundJson[] = []
  let from = text.indexOf('{')
  for (let looked = 0; from !== -1 && looked < mostLooked;) {
    const to = endOf(text, from)
    looked += (to === -1 ? text.length : to) - from
    const object = to === -1 ? undefined : found(text.slice(from, to), placeOf(text, from, to))
    if (object) objects.push(object)
    from = text.indexOf('{', to === -1 ? from + 1 : to)
  }
  return objects
}

/** Behind the brace that closes the one at `from`; -1 if none does. */
function endOf(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '"') at = endOfString(text, at) - 1
    else if (sign === '{') depth += 1
    else if (sign === '}' && --depth === 0) return at + 1
  }
  return -1
}

type JsonPlace = Pick<FoundJson, 'isLast' | 'isAlone'>

function placeOf(text: string, from: number, to: number): JsonPlace {
  const isLast = /^\s*(?:```)?\s*$/.test(text.slice(to))
  return { isLast, isAlone: isLast && /^\s*(?:```(?:json)?)?\s*$/i.test(text.slice(0, from)) }
}

function found(text: string, place: JsonPlace): FoundJson | undefined {
  try {
    return { text, value: JSON.parse(text) as unknown, ...place }
  } catch {
    return undefined
  }
}
