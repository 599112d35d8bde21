import type { SortedTranscript } from '../sorted-transcript.js'

/** A measurement: a value; many samples (at least one), each with its turn; or why there is none. */
export type Measured =
  | { readonly value: number | boolean }
  | { readonly samples: readonly number[]; readonly turns: readonly number[] }
  | { readonly because: string }

/** A built-in metric. */
export type Measure = (conversation: SortedTranscript) => Measured
