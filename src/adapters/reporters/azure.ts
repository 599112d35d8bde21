import type { Reporter } from '../../ports/reporter.js'
import { annotationsOf, type Annotation } from './annotations.js'

/**
 * Annotations as issues that Azure Pipelines logs. It knows errors and warnings only.
 *
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands#logissue-log-an-error-or-warning
 */
export const azure: Reporter = async function* (result) {
  for await (const each of annotationsOf(result)) yield command(each)
}

/** What is data in a command can neither end it nor begin another. */
function command({ level, file, line, title, message }: Annotation): string {
  const properties = {
    type: level === 'error' ? 'error' : 'warning',
    ...(file !== undefined && { sourcepath: file }),
    ...(line !== undefined && { linenumber: String(line) }),
  }
  const named = Object.entries(properties).map(
    ([name, value]) => `${name}=${escaped(value).replaceAll(']', '%5D').replaceAll(';', '%3B')};`,
  )
  return `##vso[task.logissue ${named.join('')}]${escaped(`${title}: ${message}`)}\n`
}

function escaped(text: string): string {
  return text.replaceAll('%', '%AZP25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}
