import type { Redact } from '../domain/redactor.js'

/** Parts of assertions and metrics that are names and places in the suite: never redacted. */
const kept: ReadonlySet<string> = new Set(['at', 'kind', 'name', 'builtin', 'statistic'])

/**
 * Redacts secrets in checks, as storing redacted them in the conversation. A check still catches an agent that revealed a
 * secret, because both sides now read `[redacted NAME]`.
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

/** In a pattern, a secret's mark must be literal: unescaped brackets would be a character class. */
function escapeMarks(pattern: string, before: string): string {
  return pattern === before ? pattern : pattern.replaceAll(/\[redacted ([^\]]*)\]/g, String.raw`\[redacted $1\]`)
}
