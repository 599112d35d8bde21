/** `{{name}}` in a text. The first group is the name, without the white space inside the braces. */
export const placeholder = /\{\{\s*([^{}]*?)\s*\}\}/g

/** The names of all placeholders in a text, in order. */
export function placeholderNames(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name)
}
