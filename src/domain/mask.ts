import { secretForms, secretPattern } from './secret-pattern.js'
import { unmaskedBecause, type Secret } from './secret.js'

/** Puts `[redacted NAME]` in the place of secrets. A value without secrets comes back as the same object. */
export interface Mask {
  /** Whether there are no secrets: everything comes back as it is. */
  readonly isEmpty: boolean
  text(text: string): string
  /** A text whose ends are missing: also masks what is left of a secret that the cut went through. */
  cut(text: string): string
  /** Texts that follow one another: also masks a secret that is split over them. */
  texts(texts: readonly string[]): readonly string[]
  /** JSON of other programs: texts, keys, and whole numbers. */
  json<T>(value: T): T
  /** Our own data: texts only, and none under the keys `kept`. */
  strings<T>(value: T, kept?: ReadonlySet<string>): T
}

/** Less than this of a secret says nothing. */
const shortestRest = 4

/** Longer secrets make patterns that the engine refuses. They are looked for in their plainest forms. */
const longestPattern = 10_000

/** Makes the mask of secrets. What is too short to mask, or one of our own words, is left out. */
export function createMask(secrets: readonly Secret[]): Mask {
  const masked = [...new Map(secrets.map(secret => [secret.value.trim(), secret])).values()]
    .filter(({ value }) => unmaskedBecause(value) === undefined)
    // One secret may contain another.
    .toSorted((a, b) => b.value.length - a.value.length)
  return masked.length === 0 ? noMask : new SecretMask(masked)
}

/** Masks nothing. */
export const noMask: Mask = {
  isEmpty: true,
  text: text => text,
  cut: text => text,
  texts: texts => texts,
  json: value => value,
  strings: value => value,
}

class SecretMask implements Mask {
  readonly isEmpty = false
  readonly #names: readonly string[]
  readonly #numbers: ReadonlyMap<string, string>
  readonly #huge: readonly (readonly [form: string, mark: string])[]
  /** A group for each secret; the first alternative is a mark that stands there already. */
  readonly #pattern: RegExp
  readonly #forms: readonly (readonly [form: string, mark: string])[]

  constructor(secrets: readonly Secret[]) {
    const usual = secrets.filter(({ value }) => value.length <= longestPattern)
    this.#names = usual.map(({ name }) => name)
    this.#numbers = new Map(secrets.map(({ name, value }) => [value.trim(), name]))
    const marks = [...new Set(secrets.map(({ name }) => name))].map(name => name.replaceAll(/\W/g, String.raw`\$&`))
    const groups = usual.map(({ value }) => `(${secretPattern(value)})`)
    this.#pattern = new RegExp([String.raw`\[redacted (?:${marks.join('|')})\]`, ...groups].join('|'), 'g')
    this.#forms = secrets.flatMap(({ name, value }) => secretForms(value).map(form => [form, markOf(name)] as const))
    this.#huge = this.#forms.filter(([form]) => form.length > longestPattern)
  }

  readonly text = (text: string): string => {
    const shown = this.#huge.reduce((left, [form, mark]) => (left.length < form.length ? left : left.replaceAll(form, mark)), text)
    return shown.replace(this.#pattern, (found: string, ...groups) => this.#markFor(found, groups))
  }

  readonly cut = (text: string): string => {
    const whole = this.text(text)
    const head = this.#rest(whole, (form, length) => whole.startsWith(form.slice(-length)))
    const tail = this.#rest(whole, (form, length) => whole.endsWith(form.slice(0, length)))
    const inside = whole.slice(head?.length ?? 0, whole.length - (tail?.length ?? 0))
    return `${head?.mark ?? ''}${inside}${tail?.mark ?? ''}`
  }

  readonly texts = (texts: readonly string[]): readonly string[] => {
    if (texts.length < 2) return texts.map(this.text)
    const pieces = texts.map(text => text.trim())
    const split = this.#spansIn(pieces).filter(({ pieces: over }) => over.length > 1)
    if (split.length === 0) return texts.map(this.text)
    const own = [...pieces]
    // From the back, so that places stay true.
    for (const { pieces: over, mark } of split.toReversed()) {
      for (const { piece, start, end } of over.toReversed()) own[piece] = `${own[piece]!.slice(0, start)}${mark}${own[piece]!.slice(end)}`
    }
    return own.map((text, i) => this.text(text === pieces[i] ? texts[i]! : text))
  }

  readonly json = <T>(value: T): T => this.#inJson(value) as T

  readonly strings = <T>(value: T, kept: ReadonlySet<string> = none): T => this.#inStrings(value, kept) as T

  #markFor(found: string, groups: readonly unknown[]): string {
    const at = groups.slice(0, this.#names.length).findIndex(group => group !== undefined)
    return at === -1 ? found : markOf(this.#names[at]!)
  }

  /** The longest rest of a secret at an end of a text. */
  #rest(text: string, isThere: (form: string, length: number) => boolean): { readonly length: number; readonly mark: string } | undefined {
    let found: { length: number; mark: string } | undefined
    for (const [form, mark] of this.#forms) {
      let length = Math.min(form.length - 1, text.length)
      while (length > (found?.length ?? shortestRest - 1) && !isThere(form, length)) length -= 1
      if (length > (found?.length ?? shortestRest - 1)) found = { length, mark }
    }
    return found
  }

  /** The secrets in texts that are read as one, each with the pieces that it stands in. */
  #spansIn(pieces: readonly string[]): SplitSecret[] {
    const starts: number[] = []
    let length = 0
    for (const piece of pieces) {
      starts.push(length)
      length += piece.length
    }
    return [...pieces.join('').matchAll(this.#pattern)].flatMap(match => {
      const [found, ...groups] = match
      const mark = this.#markFor(found, groups)
      if (mark === found) return []
      const [from, to] = [match.index, match.index + found.length]
      const over = pieces.flatMap((piece, i) => {
        const start = Math.max(from - starts[i]!, 0)
        const end = Math.min(to - starts[i]!, piece.length)
        return start < end ? [{ piece: i, start, end }] : []
      })
      return [{ pieces: over, mark }]
    })
  }

  #inJson(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value)
    if (typeof value === 'number') {
      const name = this.#numbers.get(String(value))
      return name === undefined ? value : markOf(name)
    }
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return mapped(value, item => this.#inJson(item))
    return withEntries(value, (key, item) => [this.text(key), this.#inJson(item)])
  }

  #inStrings(value: unknown, kept: ReadonlySet<string>): unknown {
    if (typeof value === 'string') return this.text(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return mapped(value, item => this.#inStrings(item, kept))
    return withEntries(value, (key, item) => [key, kept.has(key) ? item : this.#inStrings(item, kept)])
  }
}

interface SplitSecret {
  readonly pieces: readonly { readonly piece: number; readonly start: number; readonly end: number }[]
  readonly mark: string
}

const none: ReadonlySet<string> = new Set()

function markOf(name: string): string {
  return `[redacted ${name}]`
}

function mapped(list: readonly unknown[], change: (item: unknown) => unknown): readonly unknown[] {
  const items = list.map(change)
  return items.every((item, i) => item === list[i]) ? list : items
}

function withEntries(object: object, change: (key: string, item: unknown) => readonly [string, unknown]): object {
  const before = Object.entries(object)
  const after = before.map(([key, item]) => change(key, item))
  return after.every(([key, item], i) => key === before[i]?.[0] && item === before[i]?.[1]) ? object : Object.fromEntries(after)
}
