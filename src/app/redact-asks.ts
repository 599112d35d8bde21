import type { Redact } from '../domain/redactor.js'

/** Parts of assertions and metrics that name things of the suite, and places in it: these stay as they are. */
const kept: ReadonlySet<string> = new Set(['at', 'kind', 'name', 'builtin', 'statistic'])

/**
 * Takes secrets out of what is asked of a conversation, as they were taken out of the conversation when it was stored. An
 * agent that told a secret then is caught again: both sides now read `[redacted NAME]`.
 */
export function createAskRedactor(redact: Redact): <T>(asks: T) => T {
  const within = (value: unknown, key: string): unknown => {
    if (kept.has(key)) return value
    if (typeof value === 'string') return key === 'matches' ? escapeMarks(redact(value), value) : redact(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(item => within(item, ''))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [redact(name), within(item, name)]))
  }
  return <T>(asks: T) => within(asks, '') as T
}

/** In a pattern, the mark of a secret stands for itself; brackets would be a set of characters. */
function escapeMarks(pattern: string, before: string): string {
  return pattern === before ? pattern : pattern.replaceAll(/\[redacted ([^\]]*)\]/g, String.raw`\[redacted $1\]`)
}
