import { shortestMasked } from './secret.js'
import { spelledOut } from './spelled-out.js'

/**
 * What a secret looks like once escapes are undone: as it is without the white space around it, each line of several, either
 * letter by letter, and either in base64 (RFC 4648, both alphabets) at every offset, so that it is also found in the base64 of
 * `user:secret`.
 */
export function secretForms(value: string): string[] {
  const text = value.trim().replaceAll('\r\n', '\n')
  const lines = text.split(/[\r\n]/).map(line => line.trim())
  const parts = [text, ...(lines.length > 1 ? lines : [])].filter(part => part.length >= shortestMasked)
  const encoded = parts.filter(part => part.isWellFormed()).flatMap(base64Of)
  return [
    ...new Set([...parts, ...parts.map(spelledOut), ...encoded, ...encoded.map(form => form.replaceAll('+', '-').replaceAll('/', '_'))]),
  ]
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
