import { pruneResults } from '../app/list-results.js'
import { defaultAdapters } from '../app/registry.js'
import { count } from '../domain/count.js'
import { safeLine } from '../domain/safe-text.js'
import { exit, type ExitCode } from './exit.js'
import { write } from './terminal.js'

/** `callsheet prune`: removes all but the newest results of a folder. */
export async function prune(folder: string, { keep }: { readonly keep: number }): Promise<ExitCode> {
  const { removed, kept, unreadable } = await pruneResults(folder, keep, await defaultAdapters(process.env))
  const lines = [
    ...removed.map(place => `removed ${safeLine(place)}`),
    ...kept.map(({ place, because }) => `kept    ${safeLine(place)}: it is ${because === 'signed' ? 'attested or signed' : 'running'}`),
    ...unreadable.map(({ place, because }) => `kept    ${safeLine(place)}: ${safeLine(because)}`),
    `Removed ${count(removed.length, 'result')}.`,
  ]
  await write(process.stdout, lines.map(line => `${line}\n`).join(''))
  return exit.passed
}
