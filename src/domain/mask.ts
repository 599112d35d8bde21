import { NeedleSearch, type Found } from './needle-search.js'
import { secretForms, writtenForms } from './secret-forms.js'
import { shortestMasked, unmaskedBecause, type Secret } from './secret.js'
import { readingsOf } from './unescape.js'

/** Puts `[redacted NAME]` in the place of secrets. A value without secrets comes back as the same object. */
export interface Mask {
  /** Whether there are no secrets: everything comes back as it is. */
  readonly isEmpty: boolean
  /** What it masks, to make it again on another thread. */
  readonly secrets: readonly Secret[]
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

/** Without any of these a text has no escapes and no broken lines. */
const mayBeEscaped = /[\\&%+\n\r]/

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
  secrets: [],
  text: text => text,
  cut: text => text,
  texts: texts => texts,
  json: value => value,
  strings: value => value,
}

class SecretMask implements Mask {
  readonly isEmpty = false
  readonly secrets: readonly Secret[]
  readonly #numbers: ReadonlyMap<string, string>
  /** Whether any secret has a space in it. */
  readonly #hasSpaces: boolean
  readonly #search: NeedleSearch<string>
  readonly #written: readonly (readonly [form: string, mark: string])[]
  /** Marks that stand there already. */
  readonly #marks: RegExp

  constructor(secrets: readonly Secret[]) {
    this.secrets = secrets
    const names = [...new Set(secrets.map(({ name }) => name))].map(name => name.replaceAll(/\W/g, String.raw`\$&`))
    this.#marks = new RegExp(String.raw`\[redacted (?:${names.join('|')})\]`, 'g')
    this.#numbers = new Map(secrets.map(({ name, value }) => [value.trim(), name]))
    this.#hasSpaces = secrets.some(({ value }) => value.trim().includes(' '))
    this.#search = new NeedleSearch(secrets.flatMap(({ name, value }) => secretForms(value).map(text => ({ text, of: markOf(name) }))))
    this.#written = secrets.flatMap(({ name, value }) => writtenForms(value).map(form => [form, markOf(name)] as const))
  }

  readonly text = (text: string): string => {
    if (text.length < shortestMasked) return text
    const spans = this.#spansIn(text)
    if (spans.length === 0) return text
    let [shown, done] = ['', 0]
    for (const { start, end, of } of spans) {
      shown += text.slice(done, start) + of
      done = end
    }
    return shown + text.slice(done)
  }

  readonly cut = (text: string): string => {
    const whole = this.text(text)
    if (whole.length < shortestRest) return whole
    const head = this.#rest(form => headLeft(whole, form))
    const tail = this.#rest(form => tailLeft(whole, form))
    const inside = whole.slice(head?.length ?? 0, whole.length - (tail?.length ?? 0))
    return `${head?.mark ?? ''}${inside}${tail?.mark ?? ''}`
  }

  readonly texts = (texts: readonly string[]): readonly string[] => {
    if (texts.length < 2) return texts.map(this.text)
    return waysToJoin.reduce((own, way) => this.#maskedOver(own, way), texts).map(this.text)
  }

  readonly json = <T>(value: T): T => this.#inJson(value) as T

  readonly strings = <T>(value: T, kept: ReadonlySet<string> = none): T => this.#inStrings(value, kept) as T

  /** The longest rest of a secret. @param lengthOf  Of a form's rest; 0 if there is none. */
  #rest(lengthOf: (form: string) => number): { readonly length: number; readonly mark: string } | undefined {
    let found: { length: number; mark: string } | undefined
    for (const [form, mark] of this.#written) {
      const length = lengthOf(form)
      if (length > (found?.length ?? 0)) found = { length, mark }
    }
    return found
  }

  /** Where secrets stand, in order and apart from each other: where several overlap, one span of all with the mark of the longest. */
  #spansIn(text: string): Found<string>[] {
    const found = this.#found(text)
    if (found.length === 0) return found
    const marks = [...text.matchAll(this.#marks)].map(({ 0: mark, index }) => ({ start: index, end: index + mark.length }))
    const spans: (Found<string> & { readonly longest: number })[] = []
    for (const { start, end, of } of found.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
      if (marks.some(mark => mark.start <= start && end <= mark.end)) continue
      const last = spans.at(-1)
      if (!last || start >= last.end) spans.push({ start, end, of, longest: end - start })
      else {
        const isLonger = end - start > last.longest
        spans[spans.length - 1] = {
          start: last.start,
          end: Math.max(last.end, end),
          of: isLonger ? of : last.of,
          longest: Math.max(last.longest, end - start),
        }
      }
    }
    return spans
  }

  #found(text: string): Found<string>[] {
    if (!mayBeEscaped.test(text)) return this.#search.find(text)
    return [...readingsOf(text, { spaces: this.#hasSpaces })].flatMap(reading =>
      this.#search.find(reading.text).map(found => {
        const [start, end] = reading.sourceOf(found.start, found.end)
        return { start, end, of: found.of }
      }),
    )
  }

  /** Masks the secrets that are split over texts, if these are joined in one way: each text has the mark where its part stood. */
  #maskedOver(texts: readonly string[], { trims, glue }: WayToJoin): readonly string[] {
    const pieces = trims ? texts.map(text => text.trim()) : texts
    const starts: number[] = []
    let length = 0
    for (const piece of pieces) {
      starts.push(length)
      length += piece.length + glue.length
    }
    const own = [...pieces]
    // From the back, so that places stay true.
    for (const { start: from, end: to, of: mark } of this.#spansIn(pieces.join(glue)).toReversed()) {
      const over = pieces.flatMap((piece, i) => {
        const start = Math.max(from - starts[i]!, 0)
        const end = Math.min(to - starts[i]!, piece.length)
        return start < end ? [{ piece: i, start, end }] : []
      })
      if (over.length < 2) continue
      for (const { piece, start, end } of over.toReversed()) own[piece] = `${own[piece]!.slice(0, start)}${mark}${own[piece]!.slice(end)}`
    }
    return own.map((text, i) => (text === pieces[i] ? texts[i]! : text))
  }

  #inJson(value: unknown): unknown {
    if (typeof value === 'string') return this.text(value)
    if (typeof value === 'number') {
      const name = this.#numbers.get(String(Math.abs(value)))
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

/** How much of the end of a form a text begins with. */
function headLeft(text: string, form: string): number {
  const first = text.slice(0, shortestRest)
  for (let at = form.indexOf(first, 1); at !== -1 && form.length - at >= shortestRest; at = form.indexOf(first, at + 1)) {
    if (text.startsWith(form.slice(at))) return form.length - at
  }
  return 0
}

/** How much of the beginning of a form a text ends with. */
function tailLeft(text: string, form: string): number {
  const last = text.slice(-shortestRest)
  for (let at = form.lastIndexOf(last, form.length - shortestRest - 1); at >= 0; at = form.lastIndexOf(last, at - 1)) {
    if (text.endsWith(form.slice(0, at + shortestRest))) return at + shortestRest
    if (at === 0) break
  }
  return 0
}

/** How texts that follow one another are read as one. */
interface WayToJoin {
  /** Without the white space at their ends. */
  readonly trims: boolean
  readonly glue: string
}

const waysToJoin: readonly WayToJoin[] = [
  { trims: true, glue: '' },
  { trims: false, glue: '' },
  { trims: true, glue: ' ' },
  { trims: true, glue: '\n' },
]

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
