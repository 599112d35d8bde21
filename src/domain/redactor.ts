import type { Secret } from './document.js'

/** Puts `[redacted NAME]` where a secret stands, in every string of a value, keys included. */
export type Redact = <T>(value: T) => T

/** Shorter values, and the words below, would take ordinary text out of every report and protect nothing. */
const shortestSecret = 4
const ordinary = /^(true|false|null)$/i

/** A secret is found as it is, as it stands in JSON and in JSON within JSON, URL-encoded, and in base64. */
export function createRedactor(secrets: readonly Secret[]): Redact {
  const names = new Map<string, string>()
  for (const { name, value } of secrets) {
    if (value.length < shortestSecret || ordinary.test(value)) continue
    for (const form of formsOf(value)) names.set(form, name)
  }
  if (names.size === 0) return value => value

  // The longest first: one secret may hold another.
  const forms = [...names.keys()].toSorted((a, b) => b.length - a.length)
  const pattern = new RegExp(forms.map(form => form.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)).join('|'), 'g')
  const redactText = (text: string): string => text.replace(pattern, form => `[redacted ${names.get(form)}]`)
  return value => redactIn(value, redactText) as typeof value
}

function formsOf(value: string): string[] {
  // A lone surrogate has no other form.
  if (!value.isWellFormed()) return [value]
  const bytes = new TextEncoder().encode(value)
  const base64 = btoa(String.fromCharCode(...bytes)).replace(/=+$/, '')
  return [value, inJson(value), inJson(inJson(value)), encodeURIComponent(value), base64]
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1)
}

function redactIn(value: unknown, redactText: (text: string) => string): unknown {
  if (typeof value === 'string') return redactText(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => redactIn(item, redactText))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [redactText(key), redactIn(item, redactText)]))
}
