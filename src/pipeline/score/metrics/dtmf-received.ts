import type { Measure } from './measure.js'

/**
 * The telephone keys that the agent pressed, in order; `none` if it pressed none. Compare them with `equals`.
 *
 * Unit: keys, as a text.
 * Source: ITU-T Q.23 (11/1988), the keys of push-button telephones.
 */
export const dtmfReceived: Measure = ({ transcript }) => {
  const keys = transcript.moments.flatMap(moment => (moment.type === 'dtmf' && moment.by === 'agent' ? moment.digits : []))
  return { value: keys.join('') || 'none' }
}
