/** Whether a value is a JSON object: not a list, not `null`. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Parses JSON that others wrote. It may begin with a byte order mark. @throws {SyntaxError} when it is not JSON. */
export function readJsonText(text: string): unknown {
  return JSON.parse(withoutByteOrderMark(text))
}

/** A text as it is meant: some editors put a byte order mark before it. */
export function withoutByteOrderMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** Parses JSON; `undefined` if the text is not JSON. @param parse  Throws where it is none. */
export function parseJson(text: string, parse: (text: string) => unknown = readJsonText): unknown {
  try {
    return parse(text)
  } catch {
    return undefined
  }
}

/** Parses JSON inside a string. Anything else comes back unchanged. @param parse  Throws where it is none. */
export function parsedOf(value: unknown, parse: (text: string) => unknown = JSON.parse): unknown {
  if (typeof value !== 'string') return value
  try {
    return parse(value)
  } catch {
    return value
  }
}

/**
 * A key that an object of a JSON text has twice: a parser keeps the last, and another reader may mean the first.
 *
 * @param json  Valid JSON.
 * @returns The first such key; `undefined` if there is none.
 */
export function keyTwiceIn(json: string): string | undefined {
  const open: Set<string>[] = []
  for (let at = 0; at < json.length; at += 1) {
    const sign = json[at]
    if (sign === '{') open.push(new Set())
    else if (sign === '}') open.pop()
    if (sign !== '"') continue
    const end = endOfString(json, at)
    const keys = open.at(-1)
    if (keys && isBeforeColon(json, end)) {
      const key = JSON.parse(json.slice(at, end)) as string
      if (keys.has(key)) return key
      keys.add(key)
    }
    at = end - 1
  }
  return undefined
}

/** Behind the quotation mark that closes the string at `from`, or behind the text's end. */
export function endOfString(json: string, from: number): number {
  for (let at = json.indexOf('"', from + 1); at !== -1; at = json.indexOf('"', at + 1)) {
    let before = at
    while (json[before - 1] === '\\') before -= 1
    if ((at - before) % 2 === 0) return at + 1
  }
  return json.length + 1
}

function isBeforeColon(json: string, from: number): boolean {
  let at = from
  while (/\s/.test(json[at] ?? '')) at += 1
  return json[at] === ':'
}
