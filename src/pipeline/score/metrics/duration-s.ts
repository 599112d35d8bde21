import type { Measure } from './measure.js'

/**
 * How long the conversation took, from the start of the call to its end, without the time that it waited for its caller's
 * model: that is ours, not the agent's.
 *
 * Unit: seconds, to the millisecond.
 * Source: the elapsed time of PARADISE (Walker, Litman, Kamm & Abella, ACL 1997).
 */
export const durationS: Measure = ({ durationMs }) => ({ value: durationMs / 1000 })
