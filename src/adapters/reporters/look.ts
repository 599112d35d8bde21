import { type Paint, paintWith } from './paint.js'

/** How a report for a terminal looks: its colours, and how wide it is, in columns. */
export interface Look extends Paint {
  readonly width: number
}

/** Where nobody says how wide a terminal is. */
export const usualWidth = 80
/** Longer lines are hard to read. */
const widest = 120

/** @param width  Of the terminal; default: 80 columns. */
export function lookWith({ colour, width = usualWidth }: { readonly colour: boolean; readonly width?: number | undefined }): Look {
  return { ...paintWith(colour), width: Math.min(width, widest) }
}
