import { canonicalName } from './header-names.js'
import { limits } from './limits.js'

/** The headers of a message in their order, by canonical names. `Content-Length` is never one of them: it follows from the body. */
export class HeaderList {
  readonly #lines: (readonly [name: string, value: string])[]

  /** @param lines  Names in their canonical form, values without white space at their ends. */
  constructor(lines: readonly (readonly [name: string, value: string])[] = []) {
    this.#lines = [...lines]
  }

  /** Name and value of each line. */
  get lines(): readonly (readonly [name: string, value: string])[] {
    return this.#lines
  }

  /** The value of the first line of that name. @param name  In its canonical form. */
  get(name: string): string | undefined {
    for (const line of this.#lines) if (line[0] === name) return line[1]
    return undefined
  }

  /** The values of all lines of that name. */
  all(name: string): string[] {
    return this.#lines.filter(line => line[0] === name).map(line => line[1])
  }

  /** The elements of a header that is a list, whether they share a line or not. */
  listed(name: string): string[] {
    const elements: string[] = []
    for (const line of this.#lines) if (line[0] === name) elements.push(...splitList(line[1]))
    return elements.slice(0, limits.listed)
  }

  /** Whether a list of tokens (Supported, Require, Allow) has one. */
  lists(name: string, token: string): boolean {
    return this.listed(name).some(element => element.toLowerCase() === token.toLowerCase())
  }

  add(name: string, value: string): this {
    this.#lines.push([canonicalName(name), value])
    return this
  }

  /** Replaces all lines of that name, at the place of the first. */
  set(name: string, value: string): this {
    const at = this.#lines.findIndex(line => line[0] === name)
    if (at === -1) return this.add(name, value)
    this.#lines[at] = [name, value]
    for (let i = this.#lines.length - 1; i > at; i -= 1) if (this.#lines[i]?.[0] === name) this.#lines.splice(i, 1)
    return this
  }

  /** Puts a line before all others. */
  prepend(name: string, value: string): this {
    this.#lines.unshift([name, value])
    return this
  }

  copy(): HeaderList {
    return new HeaderList(this.#lines)
  }
}

/** Splits a list at its commas, but not at those in quotes and in angle brackets. Empty elements are left out. */
export function splitList(value: string): string[] {
  if (!value.includes(',')) return value === '' ? [] : [value]
  const elements: string[] = []
  let [start, isQuoted, isBracketed] = [0, false, false]
  for (let i = 0; i <= value.length; i += 1) {
    const letter = value[i]
    if (isQuoted && letter === '\\') i += 1
    else if (letter === '"' && !isBracketed) isQuoted = !isQuoted
    else if (letter === '<' && !isQuoted) isBracketed = true
    else if (letter === '>' && !isQuoted) isBracketed = false
    else if (letter === undefined || (letter === ',' && !isQuoted && !isBracketed)) {
      const element = value.slice(start, i).trim()
      if (element !== '') elements.push(element)
      start = i + 1
    }
  }
  return elements
}
