/** `{{name}}` in a text, white space inside the braces aside; the name is the first group. */
export const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g

/** The names of all placeholders in a text, in order. */
export function placeholderNames(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name)
}
