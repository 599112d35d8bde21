import type { ProgressOptions } from '../ports/reporter.js'
import type { SuiteEvent } from '../domain/event.js'
import type { Adapters } from './registry.js'

/** Shows the progress of a suite. */
export interface ShownProgress extends Disposable {
  on(event: SuiteEvent): void
}

const tickMs = 1000

/** @param print  Receives the text to show. */
export async function showProgress(
  use: Pick<Adapters, 'progress'>,
  how: ProgressOptions,
  print: (text: string) => void,
): Promise<ShownProgress> {
  const shown = (await use.progress())(how)
  const timer = setInterval(() => print(shown.tick()), tickMs)
  return {
    on: event => print(shown.on(event)),
    [Symbol.dispose]() {
      clearInterval(timer)
      print(shown.end())
    },
  }
}
