import type { Transcript } from '../../domain/transcript.js'

/** How long the caller waited for the agent in a turn. */
export interface Reply {
  readonly turn: number
  /** Seconds since the call began: the end of the caller's words, and the beginning of the agent's. */
  readonly fromS: number
  readonly toS: number
}

/** The agent's replies: of each turn of the caller the first words of the agent. Where it speaks before its caller has ended, none. */
export function repliesIn({ moments }: Pick<Transcript, 'moments'>): Reply[] {
  const asked = new Map<number, number>()
  const answered = new Set<number>()
  const replies: Reply[] = []
  for (const moment of moments) {
    if (moment.type !== 'said' && moment.type !== 'dtmf') continue
    if (moment.by === 'caller') asked.set(moment.turn, moment.endS)
    else if (!answered.has(moment.turn)) {
      answered.add(moment.turn)
      const fromS = asked.get(moment.turn)
      if (fromS !== undefined && moment.startS >= fromS) replies.push({ turn: moment.turn, fromS, toS: moment.startS })
    }
  }
  return replies
}

/** The longest wait of a conversation, milliseconds; `undefined` if the agent never replied. */
export function slowestReplyMs(transcript: Pick<Transcript, 'moments'>): number | undefined {
  const waits = repliesIn(transcript).map(({ fromS, toS }) => Math.round((toS - fromS) * 1000))
  return waits.length === 0 ? undefined : Math.max(...waits)
}
