/** A tag as written, in offsets of its text. */
export interface Tag {
  readonly name: string
  readonly kind: 'opening' | 'closing' | 'alone'
  readonly attributes: ReadonlyMap<string, string>
  /** Whether it ends with `>`, with only attributes before. */
  readonly wellFormed: boolean
  readonly start: number
  readonly end: number
}

/** The tag at an offset, if there is one. */
export function readTag(text: string, start: number): Tag | undefined {
  const head = matchAt(/<(\/?)([A-Za-z_][\w-]*)/y, text, start)
  if (!head) return undefined
  let at = start + head[0].length
  const attributes = new Map<string, string>()
  for (;;) {
    const attribute = matchAt(/\s+([\w-]+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/y, text, at)
    if (!attribute) break
    attributes.set(attribute[1] ?? '', attribute[2] ?? attribute[3] ?? '')
    at += attribute[0].length
  }
  const tail = matchAt(/\s*(\/?)>/y, text, at)
  const name = head[2] ?? ''
  if (tail) {
    const kind = head[1] ? 'closing' : tail[1] ? 'alone' : 'opening'
    return { name, kind, attributes, wellFormed: true, start, end: at + tail[0].length }
  }
  const rest = matchAt(/[^<>]*>?/y, text, at)?.[0] ?? ''
  return { name, kind: 'opening', attributes, wellFormed: false, start, end: at + rest.length }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
