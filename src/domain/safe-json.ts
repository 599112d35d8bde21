/**
 * JSON text that does not act where it is printed. The value stays the same: what would control a terminal, reorder the
 * text or command a CI runner is written as an escape of JSON.
 */
export function safeJson(text: string): string {
  return acting.test(text) ? text.replaceAll(actingAll, escaped) : text
}

/** JSON escapes lower control characters itself, and its lines never begin with `::`. */
const acting = /[\u007F-\u009F\u061C\u2028-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]|#(?=#[^\s#[\]]{0,64}\[)/
const actingAll = new RegExp(acting, 'g')

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
