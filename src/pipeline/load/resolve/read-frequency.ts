import type { Frequency } from '../../../domain/document.js'
import type { Frequency as RawFrequency } from '../../../domain/generated/suite.js'
import type { Context } from '../context.js'
import type { Loose } from '../loose.js'

/** How often the cases of a scenario or a run entry run; `undefined` if it does not say. */
export function readFrequency(
  map: { readonly frequency?: Loose<RawFrequency> | undefined },
  { places, problems }: Context,
): Frequency | undefined {
  const { frequency } = map
  if (typeof frequency !== 'object') return frequency
  const { min = 1, max = min } = frequency
  if (min > max) problems.report('FREQUENCY_MIN_ABOVE_MAX', { min, max }, places.value(frequency, 'min'))
  return { min, max }
}
