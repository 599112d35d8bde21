import { safeHtml } from '../../domain/safe-html.js'

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
  return safeHtml(String(value))
}
