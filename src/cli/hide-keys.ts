import { isMap, isScalar, parseAllDocuments, visit } from 'yaml'
import type { SourceFile } from '../domain/source.js'

/**
 * A suite file for display. Replaces each character of `api_key`, `secret` and header values, and of what precedes the `@` in
 * an address, by a dot, so that no position changes. References to the environment stay.
 */
export function hideKeys(file: SourceFile): SourceFile {
  const known = shown.get(file)
  if (known) return known
  const hidden = { ...file, text: hideIn(file.text) }
  shown.set(file, hidden)
  return hidden
}

// Cached, because one file may have many mistakes.
const shown = new WeakMap<SourceFile, SourceFile>()

const keyed = /api[-_]?key|secret|headers/i
const secretKey = /^(api[-_]?key|secret)$/i

function hideIn(text: string): string {
  const bare = text.replace(/:\/\/([^\s/?#"']+)(?=@)/g, (_, user: string) => `://${blank(user)}`)
  if (!keyed.test(bare)) return bare
  return valuesIn(bare).reduce((whole, [from, to]) => whole.slice(0, from) + blank(whole.slice(from, to)) + whole.slice(to), bare)
}

function blank(text: string): string {
  return text.replace(/(\$\{\w*(?::-)?|[}"'])|\S/g, (_, kept?: string) => kept ?? '•')
}

/** The positions of the values to hide. */
function valuesIn(text: string): [from: number, to: number][] {
  const found: [number, number][] = []
  const add = (node: unknown): void => {
    const range = typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[] | null | undefined) : undefined
    if (range) found.push([range[0] ?? 0, range[1] ?? 0])
  }
  let isWhole = true
  try {
    // The mistake to show may be that the file is not YAML.
    for (const document of [parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' })].flat()) {
      isWhole &&= document.errors.length === 0
      visit(document, {
        Pair(_, { key, value }) {
          const name = isScalar(key) ? String(key.value) : ''
          if (secretKey.test(name)) add(value)
          else if (/^headers$/i.test(name) && isMap(value)) for (const header of value.items) add(header.value)
        },
      })
    }
  } catch {
    isWhole = false
  }
  // In a file that cannot be parsed, values are found line by line.
  if (!isWhole)
    for (const { index, 0: line, 1: key = '' } of text.matchAll(/((?:api[-_]?key|secret)["']?[ \t]*:).*/gi))
      found.push([index + key.length, index + line.length])
  return found
}
