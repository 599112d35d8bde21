/**
 * One piece of what the caller does in its turn, in order. Times are milliseconds.
 *
 * - `text`: words; may hold {{templates}} until the run starts.
 * - `silence`: a pause that the agent may break into; what comes after it is then left unsaid.
 * - `hold`: a pause that nothing shortens.
 * - `interruption`: only first in a follow-up: speak this long after the agent began, whether or not it has finished.
 * - `dtmf`: telephone keys, `0-9 * # A-D`.
 * - `endcall`: the caller hangs up.
 */
export type UtterancePart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'silence'; readonly ms: number }
  | { readonly type: 'hold'; readonly ms: number }
  | { readonly type: 'interruption'; readonly ms: number }
  | { readonly type: 'dtmf'; readonly digits: string }
  | { readonly type: 'endcall' }

/** What the caller does in one turn. */
export type Utterance = readonly UtterancePart[]

/** Whether a telephone has keys for all of it. */
export function areTelephoneKeys(text: string): boolean {
  return /^[0-9*#A-D]*$/.test(text)
}
