/**
 * When the words of an agent that speaks are known: `live` while it speaks, `after` the call, or `claimed`: its connection says them, and
 * that is enough for the suite.
 */
export type Hearing = 'live' | 'after' | 'claimed'
