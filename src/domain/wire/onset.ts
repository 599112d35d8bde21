/** The known times of a message, in seconds from the start of the call. */
export interface Timed {
  readonly startS?: number
  readonly endS?: number
  /** Empty if nothing happens in it. */
  readonly happenings: readonly unknown[]
}

/** The position of a message in the conversation. */
export interface Onset {
  /** Its index in the original list. */
  readonly index: number
  readonly startS: number
  /** Not before `startS`. */
  readonly endS: number
}

/**
 * Messages in the order of their beginnings; simultaneous ones keep their order.
 *
 * Without any times, messages are a second apart. If some have times, a message without one begins when the message before
 * it ends, but not after the next timed one begins, nor after its own end.
 */
export function inOrderOfOnset(messages: readonly Timed[]): Onset[] {
  const isTimed = messages.some(({ startS, endS }) => startS !== undefined || endS !== undefined)
  const onsets = isTimed ? betweenTimes(messages) : aSecondApart(messages)
  return onsets.toSorted((a, b) => a.startS - b.startS)
}

function aSecondApart(messages: readonly Timed[]): Onset[] {
  let atS = 0
  return messages.map(({ happenings }, index) => {
    const onset = { index, startS: atS, endS: atS }
    if (happenings.length > 0) atS += 1
    return onset
  })
}

function betweenTimes(messages: readonly Timed[]): Onset[] {
  const nextS = nextStarts(messages)
  let before = { startS: 0, endS: 0 }
  return messages.map((message, index) => {
    const between = Math.max(before.startS, Math.min(before.endS, nextS[index] ?? Infinity))
    const startS = message.startS ?? Math.min(between, message.endS ?? Infinity)
    before = { startS, endS: Math.max(startS, message.endS ?? startS) }
    return { index, ...before }
  })
}

/** For each message, the start of the next message with a known one. */
function nextStarts(messages: readonly Timed[]): (number | undefined)[] {
  const next: (number | undefined)[] = []
  let startS: number | undefined
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    next[index] = startS
    startS = messages[index]?.startS ?? startS
  }
  return next
}
