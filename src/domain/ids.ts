declare const brand: unique symbol
type Id<Name extends string> = string & { readonly [brand]: Name }

/** Names one execution of a suite, and the folder it leaves: `2026-11-24T20-27-28Z-1f3a`. */
export type ResultId = Id<'result'>

/** Names a run within its plan: `smoke/cancel_appointment/calm/maria#2`. Independent of timing. */
export type RunKey = Id<'run'>

/** Names a scenario x personality x test profile of a run entry: a run key without its repeat. */
export type CaseKey = Id<'case'>
