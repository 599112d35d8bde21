/** HTML that is safe to send. */
export interface Html {
  readonly html: string
}

export type HtmlValue = string | number | null | undefined | Html | readonly Html[]

/** A template of HTML: every value in it is text, and escaped, unless it is HTML already. */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { html: parts.map((part, i) => part + (i < values.length ? htmlOf(values[i]) : '')).join('') }
}

/** Text that we wrote ourselves, and that is HTML, or CSS, or JavaScript, as it stands. */
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
 * Escapes what means something in HTML. Control characters, which HTML cannot hold, and those that turn the direction of what
 * follows, which makes text read otherwise than it is, become a sign that stands for them.
 */
function escape(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[&<>"']/g, character => entities[character] ?? '')
    .replaceAll(/[^\P{Cc}\t\n\r]|[\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD')
}
