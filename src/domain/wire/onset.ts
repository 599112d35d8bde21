/** A message, as far as its times are known: seconds from the start of the call. */
export interface Timed {
  readonly startS?: number
  readonly endS?: number
  /** Empty where nothing happens in it. */
  readonly happenings: readonly unknown[]
}

/** Where a message stands in the conversation. */
export interface Onset {
  /** Its place in the list that it came in. */
  readonly index: number
  readonly startS: number
  /** Not before `startS`. */
  readonly endS: number
}

/**
 * Messages in the order in which they began; those that began at once stay as they were.
 *
 * Where no message has a time, they are a second apart. Where some have, one that has none begins when the one before it is
 * over, but not after the next that has one.
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
    const startS = message.startS ?? Math.max(before.startS, Math.min(before.endS, nextS[index] ?? Infinity))
    before = { startS, endS: Math.max(startS, message.endS ?? startS) }
    return { index, ...before }
  })
}

/** For each message, when the next one begins that says so. */
function nextStarts(messages: readonly Timed[]): (number | undefined)[] {
  const next: (number | undefined)[] = []
  let startS: number | undefined
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    next[index] = startS
    startS = messages[index]?.startS ?? startS
  }
  return next
}
