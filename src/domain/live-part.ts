/** A part of the page of a result in progress. */
export interface LivePart {
  /** Of its element. */
  readonly id: string
  readonly html: string
}

/** What a page of a result in progress is sent. */
export interface LiveMessage {
  readonly parts: readonly LivePart[]
  /** The result is over: its report is complete. */
  readonly isOver?: true
}
