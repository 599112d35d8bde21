import type { Moment } from '../transcript.js'

/** A moment without its place in the conversation. */
export type Happening = WithoutPlace<Moment>

type WithoutPlace<T> = T extends unknown ? Omit<T, 'turn' | 'startS' | 'endS'> : never
