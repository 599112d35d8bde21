/** How often something happens. */
export type Level = 'none' | 'low' | 'medium' | 'high'

/** In which share of turns something happens that a personality has a level for. */
export const howOften: Readonly<Record<Level, number>> = { none: 0, low: 0.2, medium: 0.5, high: 0.8 }
