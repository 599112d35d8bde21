import { grouped } from '../../domain/count.js'
import type { ShownContent } from './view-index.js'

/** Which conversations are not on the page, and how to have them. */
export function leftOutText({ leftOut, of, because }: ShownContent): string {
  const what = leftOut === 1 ? 'The conversation of 1 run is' : `The conversations of ${grouped(leftOut)} runs are`
  const why = because === 'limit' ? 'because the page would be larger than --html-limit' : `as --html-content ${of} asks`
  return `${what} not on this page, ${why}. The result itself has them: callsheet report --html-content all.`
}
