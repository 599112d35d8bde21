import type { Waiver as RawWaiver } from '../../../domain/generated/suite.js'
import { endOfDay, type Waiver } from '../../../domain/waiver.js'
import type { Context } from '../context.js'
import { given, type Loose } from '../loose.js'

/** Reads the exceptions of a suite. */
export function resolveWaivers(raws: readonly Loose<RawWaiver>[], { places, problems }: Context): Waiver[] {
  return raws.map(raw => {
    const { case: key = '', check, reason = '', issue = '', owner = '', expires = '', even_must_pass: even = false } = raw
    if (raw.expires !== undefined && endOfDay(expires) === undefined)
      problems.report('WAIVER_DAY', { day: expires }, places.value(raw, 'expires'))
    return { case: key, ...given({ check }), reason, issue, owner, expires, ...(even && { evenMustPass: true as const }) }
  })
}
