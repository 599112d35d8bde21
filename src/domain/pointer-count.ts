/** How often a JSON Pointer of a connection found a value in the agent's answers in one conversation. */
export interface PointerCount {
  /** The setting that gives it, by its name in the suite: `tool_calls`, `capture.thread`. */
  readonly setting: string
  readonly pointer: string
  /** The answers in which it was looked for. */
  readonly answers: number
  /** Those in which it found a value. An empty list is one; `null` is none. */
  readonly found: number
  /** Of `reply`: the messages beside the one it points to, which nobody read; absent if there were none. */
  readonly leftOut?: number
  /** Of `reply`: the texts within its messages that nobody read, because of their keys; absent if there were none. */
  readonly unread?: number
}

/** The setting of a captured value. */
export function captureSetting(name: string): string {
  return `capture.${name}`
}

const none: ReadonlySet<string> = new Set()

/**
 * The settings whose pointers found nothing in a conversation, though something depended on them. A captured value is first sent
 * with the second request, so a single answer needs none.
 */
export function missedIn(pointers: readonly PointerCount[] = []): ReadonlySet<string> {
  if (pointers.every(({ found }) => found > 0)) return none
  const missed = pointers.filter(({ setting, answers, found }) => found === 0 && answers > (setting.startsWith('capture.') ? 1 : 0))
  return new Set(missed.map(({ setting }) => setting))
}
