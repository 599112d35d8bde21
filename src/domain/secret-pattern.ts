import { shortestMasked } from './secret.js'

/**
 * A regular expression's source that finds a secret in every form in which it comes back: as it is or trimmed, each line of
 * several, escaped for JSON, for URLs and forms (RFC 3986, the URL standard), for HTML and for Markdown, also twice, and in
 * base64 (RFC 4648, both alphabets) at every offset, so that `user:secret` is found too.
 */
export function secretPattern(value: string): string {
  const trimmed = value.trim()
  const lines = trimmed.split(/\r?\n|\r/).map(line => line.trim())
  const parts = [trimmed, ...(lines.length > 1 ? lines : [])].filter(part => part.length >= shortestMasked)
  const forms = parts.flatMap(part => [escapedForms(part), ...base64Forms(part)])
  return [...new Set(forms)].join('|')
}

/** A secret's forms as plain texts, to recognise one that a cut has gone through. */
export function secretForms(value: string): string[] {
  const trimmed = value.trim()
  const isWhole = trimmed.isWellFormed()
  return [trimmed, JSON.stringify(trimmed).slice(1, -1), ...(isWhole ? [encodeURIComponent(trimmed), ...base64Of(trimmed)] : [])]
}

function escapedForms(text: string): string {
  // A carriage return before a line feed comes and goes.
  return Array.from(text.replaceAll('\r\n', '\n'), formsOfCharacter).join('')
}

function formsOfCharacter(character: string): string {
  if (/[A-Za-z0-9]/.test(character)) return character
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  const units = Array.from({ length: character.length }, (_, i) => inAnyCase(`u${character.charCodeAt(i).toString(16).padStart(4, '0')}`))
  const forms = [
    String.raw`\\{0,4}${literal(character)}`,
    percentForm(character),
    units.map(unit => String.raw`\\{1,4}${unit}`).join(''),
    `&(?:amp;)?#(?:0*${code}|[xX]0*${inAnyCase(hex)});`,
    ...(named[character] ?? []),
  ]
  return `(?:${forms.join('|')})`
}

const named: Readonly<Record<string, readonly string[]>> = {
  '&': ['&(?:amp;){1,2}'],
  '<': [String.raw`\\{0,4}&(?:amp;)?lt;`],
  '>': [String.raw`\\{0,4}&(?:amp;)?gt;`],
  '"': [String.raw`\\{0,4}&(?:amp;)?quot;`],
  "'": [String.raw`\\{0,4}&(?:amp;)?apos;`],
  ' ': [String.raw`\+`, '&(?:amp;)?nbsp;'],
  '\n': [String.raw`\r\n`, String.raw`\\{1,4}r\\{1,4}n`, String.raw`\\{1,4}n`, '%(?:25){0,2}0[dD]%(?:25){0,2}0[aA]'],
  '\r': [String.raw`\\{1,4}r`],
  '\t': [String.raw`\\{1,4}t`],
}

function percentForm(character: string): string {
  // A lone surrogate has no bytes of its own.
  const bytes = new TextEncoder().encode(character)
  return Array.from(bytes, byte => `%(?:25){0,2}${inAnyCase(byte.toString(16).padStart(2, '0'))}`).join('')
}

function base64Forms(text: string): string[] {
  return text.isWellFormed()
    ? base64Of(text).map(form => escapedForms(form).replaceAll(literal('+'), '[+-]').replaceAll(literal('/'), '[/_]'))
    : []
}

/** Its base64 at every offset, without the characters that also encode neighbouring bytes. */
function base64Of(text: string): string[] {
  const bytes = Array.from(new TextEncoder().encode(text), byte => String.fromCharCode(byte)).join('')
  return [0, 1, 2].map(before => {
    const encoded = btoa('\0'.repeat(before) + bytes)
    return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
  })
}

function inAnyCase(hex: string): string {
  return hex.replaceAll(/[a-f]/g, letter => `[${letter}${letter.toUpperCase()}]`)
}

function literal(character: string): string {
  return character.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
}
