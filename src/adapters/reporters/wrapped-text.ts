/**
 * Breaks text between words into lines of a width. A word longer than a line is left to the terminal.
 *
 * @param text  Line breaks stay, and so do the spaces after them.
 * @param indent  Starts each line that a break creates.
 */
export function wrapText(text: string, width: number, indent: string): string {
  return text
    .split('\n')
    .map(line => wrapLine(line, width, indent))
    .join('\n')
}

function wrapLine(line: string, width: number, indent: string): string {
  const lines: string[] = []
  let rest = line
  while (rest.length > width) {
    const end = breakPlace(rest, width)
    if (end === -1) break
    lines.push(rest.slice(0, end))
    rest = `${indent}${rest.slice(end + 1).trimStart()}`
  }
  return [...lines, rest].join('\n').trimEnd()
}

/** The last space after a word at which the line fits; otherwise the first later space; otherwise -1. */
function breakPlace(line: string, width: number): number {
  const firstWord = line.search(/\S/)
  if (firstWord === -1) return -1
  const last = line.lastIndexOf(' ', width)
  return last > firstWord ? last : line.indexOf(' ', Math.max(width, firstWord))
}
