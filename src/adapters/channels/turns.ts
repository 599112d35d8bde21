/** How long the parts that are done between two looks at timers and sockets may take in all, once more than one is due. */
const turnsMs = 5

/** Work that one agent makes, so much of it that others would have to wait. */
export interface Line {
  /** Does a part of it. @returns Whether there is more. */
  take(): boolean
}

/** In the order of their turns. */
const lines = new Set<Line>()

/** Has the work done in parts, in turn with that of other agents, and with timers and sockets in between. */
export function takeTurns(line: Line): void {
  if (lines.size === 0) setImmediate(turns)
  lines.add(line)
}

function turns(): void {
  const untilMs = performance.now() + turnsMs
  while (lines.size > 0 && performance.now() < untilMs) {
    for (const line of lines) {
      lines.delete(line)
      if (line.take()) lines.add(line)
      break
    }
  }
  if (lines.size > 0) setImmediate(turns)
}
