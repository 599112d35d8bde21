import { describeCause } from '../../domain/cause.js'
import { stringifyExact } from '../../domain/exact-number.js'
import { shallow } from '../../domain/nesting.js'
import { type Join, readTogether } from '../../domain/turn-text.js'
import type { Moment, Transcript } from '../../domain/transcript.js'
import { repliesIn } from './replies.js'

/** One line of a conversation: something said, or a tool call with its result. */
export type ConversationLine = { readonly turn: number; readonly startS: number } & (
  | {
      readonly kind: 'said' | 'keys' | 'thought'
      readonly by: 'agent' | 'caller'
      readonly text: string
      /** What made the caller say so. */
      readonly why?: string
      readonly isCut?: true
      /** How long the caller had waited for it, milliseconds. */
      readonly afterMs?: number
    }
  | {
      readonly kind: 'tool'
      readonly name: string
      /** JSON, as far as they are. */
      readonly sent?: string
      readonly got?: string
      readonly isUnmatched?: true
    }
)

/** A conversation as people read it: pieces of an answer together, and tool calls with their results. */
export function conversationLines({ moments }: Pick<Transcript, 'moments'>, join: Join): ConversationLine[] {
  const waits = new Map(repliesIn({ moments }).map(({ turn, fromS, toS }) => [turn, Math.round((toS - fromS) * 1000)]))
  const read = readTogether(moments, join)
  const returned = resultsOf(read)
  const isTaken = new Set(returned.values())
  return read.flatMap((moment): ConversationLine[] => {
    const { turn } = moment
    const startS = toMilliseconds(moment.startS)
    switch (moment.type) {
      case 'said': {
        const { by, text, cause, cut } = moment
        const afterMs = by === 'agent' ? waits.get(turn) : undefined
        if (by === 'agent') waits.delete(turn)
        return [
          {
            kind: 'said',
            turn,
            startS,
            by,
            text,
            ...(cause && { why: describeCause(cause) }),
            ...(cut && { isCut: true }),
            ...(afterMs !== undefined && { afterMs }),
          },
        ]
      }
      case 'thought':
        return [{ kind: 'thought', turn, startS, by: 'agent', text: moment.text }]
      case 'dtmf':
        return [{ kind: 'keys', turn, startS, by: moment.by, text: moment.digits }]
      case 'tool_called':
        return [toolLine(moment, returned.get(moment))]
      case 'tool_returned':
        return isTaken.has(moment) ? [] : [toolLine(undefined, moment)]
      default:
        return moment satisfies never
    }
  })
}

type Called = Extract<Moment, { type: 'tool_called' }>
type Returned = Extract<Moment, { type: 'tool_returned' }>

/** The result of each call: the one with its id, or else the next without one. */
function resultsOf(moments: readonly Moment[]): Map<Called, Returned> {
  const open: Called[] = []
  const results = new Map<Called, Returned>()
  for (const moment of moments) {
    if (moment.type === 'tool_called') open.push(moment)
    if (moment.type !== 'tool_returned') continue
    const at = open.findIndex(({ id, name }) => id === moment.id && (moment.name === undefined || name === moment.name))
    const [call] = at === -1 ? [] : open.splice(at, 1)
    if (call) results.set(call, moment)
  }
  return results
}

function toolLine(called: Called | undefined, returned: Returned | undefined): ConversationLine {
  const { turn, startS } = (called ?? returned)!
  return {
    kind: 'tool',
    turn,
    startS: toMilliseconds(startS),
    name: called?.name ?? returned?.name ?? 'a tool',
    ...(called && { sent: jsonText(called.arguments) }),
    ...(returned && { got: jsonText(returned.result) }),
    ...(returned?.unmatched && { isUnmatched: true }),
  }
}

function jsonText(value: unknown): string {
  return stringifyExact(shallow(value ?? null)) ?? 'null'
}

function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}
