import { shortestMasked } from './secret.js'
import { spelledOut } from './spelled-out.js'

/**
 * What a secret looks like once escapes are undone: as it is without the white space around it, each line of several, either
 * as Unicode and tables write it and letter by letter, and either in base64 (RFC 4648, both alphabets) at every offset, so that it is also found in the base64 of
 * `user:secret`.
 */
export function secretForms(value: string): string[] {
  const text = value.trim().replaceAll('\r\n', '\n')
  const lines = text.split(/[\r\n]/).map(line => line.trim())
  const parts = [text, ...(lines.length > 1 ? lines : [])].filter(part => part.length >= shortestMasked)
  const encoded = parts.filter(part => part.isWellFormed()).flatMap(base64Of)
  const urlSafe = encoded.map(form => form.replaceAll('+', '-').replaceAll('/', '_'))
  const all = [...parts, ...parts.flatMap(rewritten), ...encoded, ...urlSafe]
  // Composed, a text may be shorter than what is looked for.
  return [...new Set(all)].filter(form => form.length >= shortestMasked)
}

/** Composed or not, with doubled quotation marks (CSV, SQL), in quoted-printable (RFC 2045, section 6.7), in hexadecimal, letter by letter. */
function rewritten(text: string): string[] {
  const bytes = Array.from(new TextEncoder().encode(text))
  const pairs = bytes.map(byte => byte.toString(16).padStart(2, '0'))
  const printable = bytes.map((byte, i) => {
    const isPlain = byte >= 0x20 && byte <= 0x7e && byte !== 0x3d
    return isPlain ? String.fromCharCode(byte) : `=${pairs[i]!.toUpperCase()}`
  })
  const doubled = ['"', "'"].map(quote => text.replaceAll(quote, quote + quote))
  const hex = pairs.join('')
  return [text.normalize('NFC'), text.normalize('NFD'), ...doubled, printable.join(''), hex, hex.toUpperCase(), spelledOut(text)]
}

/** A secret's usual forms in a text, to recognise what a cut has left of one. */
export function writtenForms(value: string): string[] {
  const text = value.trim()
  const encoded = text.isWellFormed() ? [encodeURIComponent(text), ...base64Of(text)] : []
  return [...new Set([text, JSON.stringify(text).slice(1, -1), ...encoded])]
}

/** Its base64 at every offset, without the characters that also encode neighbouring bytes. */
function base64Of(text: string): string[] {
  const bytes = Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join('')
  return [0, 1, 2].map(before => {
    const encoded = btoa('\0'.repeat(before) + bytes)
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  })
}
