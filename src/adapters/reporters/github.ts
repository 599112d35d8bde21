import type { Reporter } from '../../ports/reporter.js'
import { annotationsOf, type Annotation } from './annotations.js'

/** Annotations as commands of GitHub Actions. */
export const github: Reporter = async function* (result) {
  for await (const each of annotationsOf(result)) yield command(each)
}

/** What is data in a command can neither end it nor begin another. */
function command({ level, file, line, title, message }: Annotation): string {
  const properties = { ...(file !== undefined && { file }), ...(line !== undefined && { line: String(line) }), title }
  const named = Object.entries(properties).map(([name, value]) => `${name}=${escaped(value).replaceAll(':', '%3A').replaceAll(',', '%2C')}`)
  return `::${level} ${named.join(',')}::${escaped(message)}\n`
}

function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
