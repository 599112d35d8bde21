/** A text letter by letter, as callers spell it: `A B 1 2`. */
export function spelledOut(text: string): string {
  return Array.from(text.replaceAll(/\s/g, '')).join(' ')
}
