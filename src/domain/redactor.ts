import type { Secret } from './document.js'

/**
 * Replaces secrets with `[redacted NAME]` in every string of a value, keys included. A value without secrets comes back as
 * the same object.
 */
export type Redact = <T>(value: T) => T

/** Shorter values, and the words below, would remove ordinary text from every report and protect nothing. */
const shortestSecret = 4
const ordinary = /^(true|false|null)$/i

/** Whether a value is worth hiding. */
export function isHidden(value: string): boolean {
  return value.length >= shortestSecret && !ordinary.test(value)
}

/** Makes a redactor. It finds a secret verbatim, in JSON, in JSON within JSON, URL-encoded, in base64, and as a number. */
export function createRedactor(secrets: readonly Secret[]): Redact {
  const names = new Map<string, string>()
  for (const { name, value } of secrets) {
    if (!isHidden(value)) continue
    for (const form of formsOf(value)) names.set(form, name)
  }
  if (names.size === 0) return value => value

  // The longest first: one secret may contain another.
  const forms = [...names.keys()].toSorted((a, b) => b.length - a.length)
  const pattern = new RegExp(forms.map(form => form.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)).join('|'), 'g')
  const redactText = (text: string): string => text.replace(pattern, form => `[redacted ${names.get(form)}]`)
  // Only whole numbers are redacted: a match inside another number would be chance.
  const redactNumber = (number: number): unknown => {
    const name = names.get(String(number))
    return name === undefined ? number : `[redacted ${name}]`
  }
  return value => redactIn(value, redactText, redactNumber) as typeof value
}

function formsOf(value: string): string[] {
  // A text with a lone surrogate has no other form.
  if (!value.isWellFormed()) return [value]
  return [value, inJson(value), inJson(inJson(value)), encodeURIComponent(value), ...inBase64(value)]
}

/** Its base64 forms (RFC 4648, both alphabets) at every alignment, so that `user:secret` is found too. */
function inBase64(value: string): string[] {
  const bytes = Array.from(new TextEncoder().encode(value), byte => String.fromCharCode(byte)).join('')
  return [0, 1, 2].flatMap(before => {
    const encoded = btoa('\0'.repeat(before) + bytes)
    // Without the characters that also encode neighbouring bytes.
    const own = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    return own.length < shortestSecret ? [] : [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function redactIn(value: unknown, redactText: (text: string) => string, redactNumber: (number: number) => unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value === 'number') return redactNumber(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map(item => redactIn(item, redactText, redactNumber))
    return items.every((item, i) => item === value[i]) ? value : items
  }
  const before = Object.entries(value)
  const after = before.map(([key, item]) => [redactText(key), redactIn(item, redactText, redactNumber)] as const)
  return after.every(([key, item], i) => key === before[i]?.[0] && item === before[i]?.[1]) ? value : Object.fromEntries(after)
}
