/** What a page shows before, and without, JavaScript: each part as HTML. */
export interface StaticScreens {
  /** Shown by the script. */
  readonly nav: string
  readonly head: string
  readonly summary: string
  readonly tested: string
  readonly examples: string
  readonly cases: string
  readonly record: string
  /** Empty if nothing was compared. */
  readonly compare: string
  /** How to compare the result, where nothing was. */
  readonly notCompared: string
  /** Empty if there is none. */
  readonly history: string
}
