// Fails when it is called for the first time for the second repeat of `greets_and_fails`. Writes down who calls.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

const calls = new URL('calls', import.meta.url)

export default function reply(_message, { runKey }) {
  const isFirst = !existsSync(calls) || !readFileSync(calls, 'utf8').includes(`${runKey}\n`)
  appendFileSync(calls, `${runKey}\n`)
  return { content: isFirst && runKey.endsWith('fails#2') ? 'Pardon?' : 'Good morning.', end: true }
}
