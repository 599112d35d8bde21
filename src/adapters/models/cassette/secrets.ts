import { unmaskedBecause, type Secret } from '../../../domain/secret.js'

/** Replaces secrets in recorded answers, and puts today's secrets back on replay. */
export interface SecretKeeper {
  /** Replaces secrets in every string of a value: a secret becomes `${NAME}`, as in a suite, and a literal `$` becomes `$$`. */
  hide(value: unknown): unknown
  reveal(value: unknown): unknown
}

export function createSecretKeeper(secrets: readonly Secret[]): SecretKeeper {
  const hidden = secrets.filter(({ value }) => unmaskedBecause(value) === undefined).toSorted((a, b) => b.value.length - a.value.length)
  const names = new Map(hidden.map(({ name, value }) => [value, name]))
  const values = new Map(hidden.map(({ name, value }) => [name, value]))
  const toHide = new RegExp([...hidden.map(({ value }) => escaped(value)), String.raw`\$`].join('|'), 'g')
  return {
    hide: value => inStrings(value, text => text.replace(toHide, found => (names.has(found) ? `\${${names.get(found)}}` : '$$'))),
    reveal: value =>
      inStrings(value, text =>
        text.includes('$')
          ? text.replace(/\$\$|\$\{([^}]*)\}/g, (found, name?: string) => (name === undefined ? '$' : (values.get(name) ?? found)))
          : text,
      ),
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
}

function inStrings(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => inStrings(item, change))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inStrings(item, change)]))
}
