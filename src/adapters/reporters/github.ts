import { relative, resolve, sep } from 'node:path'
import type { Reporter } from '../../ports/reporter.js'
import { annotationsOf, type Annotation } from './annotations.js'

/**
 * Annotations as commands of GitHub Actions.
 *
 * @param workspace  Where the job has the repository: GitHub takes files to be relative to it, not to the step's working directory.
 */
export function githubIn(workspace: string | undefined): Reporter {
  return async function* (result) {
    for await (const each of annotationsOf(result)) {
      const { file } = each
      yield command(file !== undefined && workspace ? { ...each, file: withinRepository(file, workspace) } : each)
    }
  }
}

function withinRepository(file: string, workspace: string): string {
  const path = relative(workspace, resolve(file))
  return path.startsWith('..') ? file : path.split(sep).join('/')
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
