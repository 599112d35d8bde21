/** A text with escapes undone, that knows from where in the original it is. */
export class Unescaped {
  readonly text: string
  readonly #before: Unescaped | undefined
  readonly #decoder: Decoder | undefined
  #sources: Sources | undefined

  constructor(text: string, before?: Unescaped, decoder?: Decoder) {
    this.text = text
    this.#before = before
    this.#decoder = decoder
  }

  /** Where in the original these characters stand, escapes included. */
  sourceOf(start: number, end: number): readonly [start: number, end: number] {
    if (!this.#before || !this.#decoder) return [start, end]
    // Few texts have anything that is looked for: only then it matters where what is.
    this.#sources ??= sourcesOf(this.#before.text, this.#decoder)
    return this.#before.sourceOf(this.#sources.starts[start]!, this.#sources.ends[end - 1]!)
  }

  /** This text with one kind of escapes undone; itself if it has none. */
  without(decoder: Decoder): Unescaped {
    if (!this.text.includes(decoder.sign)) return this
    const text = this.text.replaceAll(decoder.pattern, decoder.decode)
    return text === this.text ? this : new Unescaped(text, this, decoder)
  }
}

/** Where the source of each character begins and ends. */
interface Sources {
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** The most readings of one text: enough for escapes in escapes. Of long texts fewer: what is read in all is bounded. */
const most = 24
const mostCharacters = 3_000_000
const leastReadings = 6

/** Undoes an escape. */
interface Decoder {
  /** Without this a text has no such escape. */
  readonly sign: string
  readonly pattern: RegExp
  readonly decode: (match: string) => string
  /** What a match stands for, part by part, each with the place of its source in the match. Left out: it is one. */
  readonly pieces?: (match: string) => readonly DecodedPart[]
}

type DecodedPart = readonly [text: string, start: number, end: number]

const letters: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

/** Of HTML, what programs write for punctuation. */
const entities: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'amp & lt < gt > quot " apos \' sol / bsol \\ plus + equals = excl ! dollar $ num # commat @ percnt % lpar ( rpar ) ast * comma , ' +
    'period . colon : semi ; quest ? lsqb [ rsqb ] lbrack [ rbrack ] lcub { rcub } lbrace { rbrace } lowbar _ grave ` verbar | vert | Hat ^'
  )
    .split(' ')
    .flatMap((name, i, words) => (i % 2 === 0 ? [[name, words[i + 1]!]] : []))
    .concat([
      ['nbsp', ' '],
      ['NewLine', '\n'],
      ['Tab', '\t'],
    ]),
)

/** JSON and its like (RFC 8259, section 7), Markdown too: a backslash before what needs none. */
const backslashes: Decoder = {
  sign: '\\',
  pattern: /\\(?:u[\da-f]{4}|u\{[\da-f]{1,6}\}|x[\da-f]{2}|[^])/gi,
  decode: match => {
    const letter = match.slice(1)
    if (letter.length === 1) return letters[letter] ?? letter
    return characterOf(Number.parseInt(/[\da-f]{2,6}/i.exec(letter)![0], 16))
  },
}

/** URLs (RFC 3986, section 2.1). */
const percents: Decoder = {
  sign: '%',
  pattern: /(?:%[\da-f]{2})+/gi,
  decode: match =>
    fromBytes(match)
      .map(([text]) => text)
      .join(''),
  pieces: fromBytes,
}

/** Forms (the URL standard, section 5.1): a space is a plus sign. */
const pluses: Decoder = { sign: '+', pattern: /\+/g, decode: () => ' ' }

const references: Decoder = {
  sign: '&',
  pattern: /&(?:#x0*[\da-f]{1,6}|#0*\d{1,7}|[a-z]{2,7});/gi,
  decode: match => {
    const inside = match.slice(1, -1)
    if (!inside.startsWith('#')) return entities[inside] ?? match
    return characterOf(/^#x/i.test(inside) ? Number.parseInt(inside.slice(2), 16) : Number(inside.slice(1)))
  },
}

/** Lines that were broken because they were long, as those of base64 are. What comes before is looked at once a line ends: that is fast. */
const breaks: Decoder = { sign: '\n', pattern: /[\r\n](?<=\S[\r\n])[\r\n]*[ \t]*(?=\S)/g, decode: () => '' }

const newlines: Decoder = { sign: '\r\n', pattern: /\r\n/g, decode: () => '\n' }

const decoders = [backslashes, references, percents, breaks]
const decodersOfSpaces = [...decoders, pluses]

/**
 * A text as it is, and with the escapes of JSON, URLs, forms, HTML and Markdown undone, in whatever order they were made and up to
 * three deep; and with broken lines joined. CR LF is LF in all of them.
 *
 * @param how.spaces  Whether spaces matter: in forms they are plus signs.
 */
export function* readingsOf(text: string, { spaces }: { readonly spaces: boolean }): Generator<Unescaped> {
  const own = spaces ? decodersOfSpaces : decoders
  const bound = Math.min(most, Math.max(leastReadings, Math.floor(mostCharacters / text.length)))
  const first = new Unescaped(text).without(newlines)
  yield first
  const seen = new Set([first.text])
  let layer = [first]
  for (let depth = 0; depth < 3; depth += 1) {
    const next: Unescaped[] = []
    for (const reading of layer) {
      for (const decoder of own) {
        if (seen.size === bound) return
        const decoded = reading.without(decoder).without(newlines)
        if (seen.has(decoded.text)) continue
        seen.add(decoded.text)
        yield decoded
        next.push(decoded)
      }
    }
    layer = next
  }
}

function sourcesOf(text: string, { pattern, decode, pieces }: Decoder): Sources {
  const [starts, ends] = [new Int32Array(text.length), new Int32Array(text.length)]
  let [length, done] = [0, 0]
  const copy = (end: number): void => {
    for (; done < end; done += 1, length += 1) {
      starts[length] = done
      ends[length] = done + 1
    }
  }
  for (const { 0: match, index } of text.matchAll(pattern)) {
    copy(index)
    for (const [part, start, end] of pieces?.(match) ?? [[decode(match), 0, match.length] as const]) {
      starts.fill(index + start, length, length + part.length)
      ends.fill(index + end, length, length + part.length)
      length += part.length
    }
    done = index + match.length
  }
  copy(text.length)
  return { starts, ends }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** `%C3%A9` is é; bytes that are no UTF-8 stay as they are. */
function fromBytes(match: string): DecodedPart[] {
  const bytes = Uint8Array.from(match.slice(1).split('%'), byte => Number.parseInt(byte, 16))
  const pieces: DecodedPart[] = []
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at]!
    const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
    const text = textOf(bytes.subarray(at, at + length))
    const taken = text === undefined ? 1 : length
    pieces.push([text ?? match.slice(at * 3, at * 3 + 3), at * 3, (at + taken) * 3])
    at += taken
  }
  return pieces
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

/** U+FFFD where there is no such character. */
function characterOf(code: number): string {
  return code <= 0x10_ff_ff ? String.fromCodePoint(code) : '�'
}
