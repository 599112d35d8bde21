import type { Row } from './rows.js'
import type { RunView } from './run-view.js'

/** The first run of a cause. */
export interface Example {
  readonly row: Row
  readonly run: RunView
}

/** So many causes have the conversation of their example on the page, for readers without JavaScript. */
export const mostExamples = 20
