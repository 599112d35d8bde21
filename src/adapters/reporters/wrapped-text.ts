/**
 * Text broken between words into lines of a width; a word longer than a line is left to the terminal.
 *
 * @param text  May hold line breaks, which stay, and the spaces that follow them.
 * @param indent  What the lines that a break makes begin with.
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

/** The last space, behind a word, at which the line would fit; else the first one after that; else -1. */
function breakPlace(line: string, width: number): number {
  const firstWord = line.search(/\S/)
  if (firstWord === -1) return -1
  const last = line.lastIndexOf(' ', width)
  return last > firstWord ? last : line.indexOf(' ', Math.max(width, firstWord))
}
