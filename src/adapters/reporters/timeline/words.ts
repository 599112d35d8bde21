import { safeLine, shorten } from '../../../domain/safe-text.js'
import type { Stretch } from '../../../domain/sound.js'
import type { Moment } from '../../../domain/transcript.js'
import { writeMessage } from '../../../domain/wire/message.js'
import type { Paint } from '../paint.js'
import type { TimelineCall, TimelineOptions } from './call.js'
import { wrapText } from '../wrapped-text.js'
import { secondsText, timeText } from './scale.js'

const longestText = 600
/** Words and their stretch begin at the same sample; a millisecond is for their rounding. */
const roundingS = 0.001

interface Happening {
  readonly startS: number
  readonly who: string
  readonly text: string
  readonly notes: readonly string[]
}

/** What happened, in the order of onsets: time, who, how long the caller had waited, what. */
export function wordLines(call: TimelineCall, { width }: TimelineOptions, paint: Paint): string[] {
  const { transcript, sound } = call
  const waits = (sound.waits ?? []).map(({ startS, endS }) => ({
    startS,
    who: 'caller',
    text: `(lets the agent wait for ${secondsText((endS - startS) * 1000)})`,
    notes: [],
  }))
  const { atS, reason, cutOff } = transcript.ending
  const lines: Happening[] = [...transcript.moments.map(moment => lineOf(moment, call)), ...unheard(call), ...waits]
  const end: Happening = { startS: atS, who: '', text: `Ended: ${reason}${cutOff ? ` (cut off: ${cutOff})` : ''}`, notes: [] }
  return [...lines.toSorted((a, b) => a.startS - b.startS), end].map(line => lineText(line, call, width, paint))
}

function lineOf(moment: Moment, call: TimelineCall): Happening {
  const { startS, by } = moment
  const { content } = writeMessage(moment)
  switch (moment.type) {
    case 'said':
      return { startS, who: by, text: content, notes: notesOf(moment, call) }
    case 'thought':
      return { startS, who: by, text: `(thinks) ${content}`, notes: [] }
    case 'dtmf':
      return { startS, who: by, text: `(keys) ${moment.digits}`, notes: [] }
    case 'tool_called':
      return { startS, who: by, text: `(calls) ${content}`, notes: [] }
    case 'tool_returned':
      return { startS, who: by, text: `(tool returns) ${content}`, notes: [] }
  }
}

const kinds = { barge_in: 'barge-in', backchannel: 'backchannel', tic: 'tic', idle_prompt: 'idle prompt' } as const

function notesOf(moment: Extract<Moment, { type: 'said' }>, { sound }: TimelineCall): string[] {
  const stretch = sound.stretches.find(each => each.by === moment.by && Math.abs(each.startS - moment.startS) <= roundingS)
  return [...(stretch?.kind ? [kinds[stretch.kind]] : []), ...(moment.cut || stretch?.cut ? ['cut off'] : [])]
}

/** Speech in which nobody made out a word. */
function unheard({ sound, transcript: { moments } }: TimelineCall): Happening[] {
  const said = moments.filter(({ type }) => type === 'said')
  const hasWords = ({ by, startS, endS }: Stretch): boolean =>
    said.some(moment => moment.by === by && moment.startS <= endS && moment.endS >= startS)
  return sound.stretches
    .filter(stretch => !hasWords(stretch))
    .map(stretch => ({
      startS: stretch.startS,
      who: stretch.by,
      text: `(speaks for ${secondsText((stretch.endS - stretch.startS) * 1000)}; no words were made out)`,
      notes: stretch.kind ? [kinds[stretch.kind]] : [],
    }))
}

const wordsColumn = 28

function lineText({ startS, who, text, notes }: Happening, { answers }: TimelineCall, width: number, paint: Paint): string {
  const answer = who === 'agent' ? answers.find(each => Math.abs(each.startS - startS) <= roundingS) : undefined
  const waited = answer ? `+${secondsText(answer.latencyMs)}` : ''
  const head = `  ${timeText(startS).padStart(7)}  ${who.padEnd(6)}  ${waited.padEnd(7)}  `
  const noted = notes.length > 0 ? ` [${notes.join(', ')}]` : ''
  const line = wrapText(
    `${head}${shorten(safeLine(text), longestText)}${noted}`,
    Math.max(width, wordsColumn + 20),
    ' '.repeat(wordsColumn),
  )
  return notes.includes(kinds.barge_in) ? paint.red(line) : line
}
