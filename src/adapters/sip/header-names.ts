/** Compact forms of header names (RFC 3261, 7.3.3, and those registered since). */
const compactForms: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  n: 'Identity-Info',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
  y: 'Identity',
}

/** Names whose usual capitals are not those at the beginning of words. */
const unusual: readonly string[] = ['Call-ID', 'CSeq', 'MIME-Version', 'Min-SE', 'RAck', 'RSeq', 'WWW-Authenticate']

const known = new Map<string, string>([...Object.entries(compactForms), ...unusual.map(name => [name.toLowerCase(), name] as const)])

/** Most names come again and again; what strangers make up is not kept. */
const mostKnown = 500

/** The usual spelling of a header's name: `i`, `CALL-ID` and `call-id` are `Call-ID`. */
export function canonicalName(name: string): string {
  const found = known.get(name)
  if (found !== undefined) return found
  const lower = name.toLowerCase()
  const canonical = known.get(lower) ?? lower.replace(/(?<![^-])[a-z]/g, letter => letter.toUpperCase())
  if (known.size < mostKnown) known.set(name, canonical)
  return canonical
}
