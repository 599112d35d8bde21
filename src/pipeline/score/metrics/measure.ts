import type { SortedTranscript } from '../sorted-transcript.js'

/**
 * A measurement: a value; many samples (at least one), each with its turn; why there is none; or why the metric does not apply to the
 * conversation. `isRate`: the samples are 1 or 0, and few of them prove nothing.
 */
export type Measured =
  | { readonly value: number | boolean | string }
  | { readonly samples: readonly number[]; readonly turns: readonly number[]; readonly isRate?: true }
  | { readonly because: string }
  | { readonly moot: string }

/** A built-in metric. */
export type Measure = (conversation: SortedTranscript) => Measured
