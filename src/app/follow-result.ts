import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { StringDecoder } from 'node:string_decoder'
import { journalOf } from '../adapters/stores/journal-file.js'
import { eventVersion, type SuiteEvent } from '../domain/event.js'
import { isRecord, parsedOf } from '../domain/json-value.js'
import type { Adapters } from './registry.js'
import { findResult } from './result-place.js'
import { isRunning } from './unfinished.js'

/** How often a journal is read on. */
const pauseMs = 200

export interface FollowOptions {
  /** Ends the following early. */
  readonly signal: AbortSignal
  /** Called with each event, in order. */
  readonly show: (event: SuiteEvent) => void
}

/**
 * Follows a result that a process on this machine is writing, until that is done. Does nothing if nobody writes it.
 *
 * @param name  A folder, an id, or `latest`. @throws {PlainError} when there is none.
 */
export async function followResult(
  name: string,
  { signal, show }: FollowOptions,
  use: Pick<Adapters, 'store' | 'serverDatabase' | 'clock'>,
): Promise<void> {
  const place = findResult(name, use)
  const store = await use.store()
  if (!isRunning(place, store) || !existsSync(journalOf(place))) return
  using lines = openLines(journalOf(place))
  for (;;) {
    // Asked before it is read: what was written last is read, too.
    const isWritten = isRunning(place, store)
    for (const line of lines.more()) {
      const event = parsedOf(line)
      if (!isRecord(event)) continue
      // Whoever reads the result afterwards says what is wrong with it.
      if (event['type'] === 'suite.started' && event['version'] !== eventVersion) return
      show(event as unknown as SuiteEvent)
    }
    if (!isWritten || signal.aborted) return
    await new Promise<void>(resolve => void use.clock.after(pauseMs, resolve))
  }
}

/** The lines of a file that grows. */
function openLines(path: string): Disposable & { more(): Generator<string> } {
  const file = openSync(path, 'r')
  const piece = Buffer.alloc(64 << 10)
  const decoder = new StringDecoder('utf8')
  let rest = ''
  return {
    *more() {
      for (let length = readSync(file, piece); length > 0; length = readSync(file, piece)) {
        const whole = (rest + decoder.write(piece.subarray(0, length))).split('\n')
        rest = whole.pop() ?? ''
        yield* whole
      }
    },
    [Symbol.dispose]: () => closeSync(file),
  }
}
