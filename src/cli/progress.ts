import type { Adapters } from '../app/registry.js'
import { showProgress, type ShownProgress } from '../app/show-progress.js'
import { hasColour } from './terminal.js'

/** Shows progress on standard error: one redrawn line on a terminal, plain lines elsewhere. */
export function progressOnStderr(use: Pick<Adapters, 'progress'>): Promise<ShownProgress> {
  const { stderr } = process
  const how = {
    colour: hasColour(stderr),
    tty: stderr.isTTY === true,
    columns: stderr.columns ?? 80,
    now: () => performance.now(),
  }
  return showProgress(use, how, text => void (text !== '' && stderr.write(text)))
}
