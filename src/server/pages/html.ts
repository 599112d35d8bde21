/** HTML that is safe to send. */
export interface Html {
  readonly html: string
}

export type HtmlValue = string | number | null | undefined | Html | readonly Html[]

/** An HTML template. Escapes every value that is not HTML already. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { html: parts.map((part, i) => part + (i < values.length ? htmlOf(values[i]) : '')).join('') }
}

/** Marks our own text as HTML, CSS or JavaScript that needs no escaping. */
export function trusted(text: string): Html {
  return { html: text }
}

function htmlOf(value: HtmlValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'object') return 'html' in value ? value.html : value.map(each => each.html).join('')
  return escape(String(value))
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/**
 * Escapes characters with a meaning in HTML. Replaces control characters, which HTML cannot contain, and characters that
 * change the text direction, which could disguise the text, by a visible sign.
 */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[&<>"']/g, character => entities[character] ?? '')
    .replaceAll(/[^\P{Cc}\t\n\r]|[\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD')
}
