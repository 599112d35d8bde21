/**
 * Escapes characters with a meaning in HTML. Replaces control characters, which HTML cannot contain, and characters that
 * change the text direction, which could disguise the text, by a visible sign.
 */
export function safeHtml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[&<>"']/g, character => entities[character] ?? '')
    .replaceAll(/[^\P{Cc}\t\n\r]|[\u061C\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
