import type { ImportFinding } from '../app/exchange/import-suite.js'
import { safeLine } from '../domain/safe-text.js'
import { locate } from '../domain/source.js'

/** Formats losses and warnings, one a line: `lost: tests.json:12:5: scenarios[0].tools[1]: ...` */
export function showFindings({
  losses,
  warnings = [],
}: {
  readonly losses: readonly ImportFinding[]
  readonly warnings?: readonly ImportFinding[]
}): string {
  const lines = [...losses.map(loss => `lost: ${oneLine(loss)}`), ...warnings.map(warning => `warning: ${oneLine(warning)}`)]
  return lines.map(line => `${line}\n`).join('')
}

function oneLine({ span, place, message }: ImportFinding): string {
  const at = span && locate(span.file, span.start)
  const where = span && at ? `${span.file.path}:${at.line}:${at.column}: ` : ''
  return safeLine(`${where}${place}: ${message}`)
}

/** The number of losses, in words. */
export function lossesOf(losses: readonly ImportFinding[]): string {
  if (losses.length === 0) return 'nothing was lost'
  return `${losses.length} ${losses.length === 1 ? 'thing was' : 'things were'} lost, as listed above`
}
