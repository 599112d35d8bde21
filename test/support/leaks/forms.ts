/** Ways in which a program writes a text for another one. */
export const forms: Readonly<Record<string, (text: string) => string>> = {
  plain: text => text,
  trimmed: text => text.trim(),
  quoted: text => `"${text}"`,
  json: text => JSON.stringify(text),
  jsonTwice: text => JSON.stringify(JSON.stringify(text)),
  jsonAscii: text =>
    Array.from({ length: text.length }, (_, i) => String.raw`\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  percent: text => encodeURIComponent(text),
  percentAll: text => Array.from(new TextEncoder().encode(text), byte => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  url: text => `https://example.com/?q=${encodeURI(text).replaceAll('&', '%26').replaceAll('#', '%23').replaceAll('+', '%2B')}`,
  form: text => String(new URLSearchParams({ key: text })),
  html: text =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;'),
  htmlNumbers: text => Array.from(text, character => `&#x${character.codePointAt(0)!.toString(16)};`).join(''),
  base64: text => Buffer.from(text).toString('base64'),
  base64url: text => Buffer.from(text).toString('base64url'),
  basic: text => `Basic ${Buffer.from(`user:${text}`).toString('base64')}`,
  inside: text => Buffer.from(`{"a":"${text}"}`).toString('base64'),
  markdown: text => text.replaceAll(/[\\`*_{}[\]()#+.!|<>~-]/g, String.raw`\$&`),
  spelled: text => Array.from(text.replaceAll(/\s/g, '')).join(' '),
  lines: text =>
    text
      .trim()
      .split(/\r?\n/)
      .map(line => `> ${line}`)
      .join('\n'),
}

/**
 * Reads a text as programs and people would, one encoding after the other. Written apart from the product on purpose: it decodes,
 * where the product looks for what is encoded.
 */
export function readings(text: string): string[] {
  const once = decodings(text)
  return [...new Set([text, ...once, ...once.flatMap(decodings)])].map(reading => reading.replaceAll('\r\n', '\n'))
}

function decodings(text: string): string[] {
  return [
    fromJson(text),
    fromPercent(text),
    fromPercent(text.replaceAll('+', ' ')),
    fromHtml(text),
    text.replaceAll(/\\(?=[^\w\s])/g, ''),
    fromBase64(text),
    text.replaceAll(/(?<!\S)\S(?: \S)+(?!\S)/gu, letters => letters.replaceAll(' ', '')),
  ]
}

const short: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' }

function fromJson(text: string): string {
  return text.replaceAll(/\\(?:u([0-9a-f]{4})|(.))/gi, (_whole, hex?: string, letter?: string) =>
    hex === undefined ? (short[letter!] ?? letter!) : String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

function fromPercent(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, bytes => Buffer.from(bytes.replaceAll('%', ''), 'hex').toString())
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

function fromHtml(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, code?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole
    return String.fromCodePoint(Math.min(hex === undefined ? Number(code) : Number.parseInt(hex, 16), 0x10_ff_ff))
  })
}

/** Whatever might be base64, from each of the four places at which it may begin. */
function fromBase64(text: string): string {
  const runs = text.match(/[A-Za-z0-9+/_-]{11,}/g) ?? []
  return runs.flatMap(run => [0, 1, 2, 3].map(from => Buffer.from(run.slice(from), 'base64').toString())).join('\n')
}
