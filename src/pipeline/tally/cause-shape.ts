/** What several runs may have in common: their words without what differs from run to run. */
export function shapeOf(text: string): string {
  return text
    .replaceAll(/"(?:[^"\\]|\\.)*"|“[^”]*”/g, '"…"')
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '…')
    .replaceAll(/\b(?=[0-9a-f]*\d)[0-9a-f]{7,}\b/gi, '…')
    .replaceAll(/\d+(?:[.,:]\d+)*/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
