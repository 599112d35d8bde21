import type { Measure } from './measure.js'

/**
 * How many turns the caller took, with words or digits: the length of a dialogue as evaluations of spoken dialogue
 * systems count it.
 *
 * Unit: turns.
 * Source: Walker, Litman, Kamm & Abella, "PARADISE: a framework for evaluating spoken dialogue agents", ACL 1997.
 */
export const turns: Measure = ({ callerTurns }) => ({ value: callerTurns })
