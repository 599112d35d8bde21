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
