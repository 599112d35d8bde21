/**
 * When the words of an agent that speaks are known: `live` while it speaks, `after` the call, or `claimed`: its connection says them, and
 * that is enough for the suite. With `never` nobody needs them: only keys and timing are tested.
 */
export type Hearing = 'live' | 'after' | 'claimed' | 'never'

/** Whether ears have to make out the words. */
export function needsEars(hear: Hearing): boolean {
  return hear === 'live' || hear === 'after'
}
