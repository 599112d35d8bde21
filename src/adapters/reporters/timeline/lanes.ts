import type { Recording } from '../../../domain/recording.js'
import type { Stretch } from '../../../domain/sound.js'
import type { Paint } from '../paint.js'
import type { TimelineCall, TimelineOptions } from './call.js'
import { wrapText } from '../wrapped-text.js'
import { type Scale, scaleFor, secondsText, timeText } from './scale.js'

const gutter = 10
/** Between the times above the lanes. */
const rulerColumns = 10

/** A column of a row, or anything else that takes time. */
interface Slot {
  readonly startS: number
  readonly endS: number
}

interface Cell {
  readonly sign: string
  readonly tone: (text: string) => string
}

/** What the lanes are drawn with. */
interface Signs {
  readonly nothing: string
  readonly wait: string
  /** By loudness. */
  readonly speech: readonly string[]
}

const plainSigns: Signs = { nothing: '.', wait: '~', speech: ['#'] }
const fineSigns: Signs = { nothing: '·', wait: '~', speech: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] }

/** Two lanes, caller and agent, with the time above and the latencies below, and what the signs mean. */
export function laneLines(call: TimelineCall, { width, isPlain }: TimelineOptions, paint: Paint): string[] {
  const scale = scaleFor(call.sound.seconds, Math.max(rulerColumns, width - gutter))
  const signs = isPlain ? plainSigns : fineSigns
  const lines: string[] = []
  for (let row = 0; row < scale.rows; row += 1) {
    const columns = columnsOf(row, scale, call.sound.seconds)
    lines.push(
      paint.dim(`${' '.repeat(gutter)}${ruler(row, scale, columns.length)}`.trimEnd()),
      `  caller  ${painted(columns.map(column => callerCell(call, column, signs, paint)))}`,
      `  agent   ${painted(columns.map(column => agentCell(call, column, signs, paint)))}`,
    )
    const latencies = latencyRow(call, row, scale)
    if (latencies !== '') lines.push(paint.dim(`${' '.repeat(gutter)}${latencies}`))
  }
  return [...lines, paint.dim(wrapText(`  ${legend(call, signs, scale)}`, width, '  '))]
}

function columnsOf(row: number, { stepS, columns }: Scale, seconds: number): Slot[] {
  const first = row * columns
  const count = Math.max(1, Math.min(columns, Math.ceil(seconds / stepS) - first))
  return Array.from({ length: count }, (_, i) => ({ startS: (first + i) * stepS, endS: (first + i + 1) * stepS }))
}

function ruler(row: number, { stepS, columns }: Scale, count: number): string {
  const isWhole = Number.isInteger(Math.round(stepS * rulerColumns * 100) / 100)
  let line = ''
  const first = Math.ceil((row * columns) / rulerColumns) * rulerColumns
  for (let column = first - row * columns; column < count; column += rulerColumns) {
    line = `${line.padEnd(column)}${timeText((row * columns + column) * stepS, isWhole)}`
  }
  return line
}

function callerCell(call: TimelineCall, column: Slot, signs: Signs, paint: Paint): Cell {
  const { stretches, waits = [], recording } = call.sound
  if (call.bargeIns.some(({ startS }) => isIn(startS, column))) return { sign: '!', tone: paint.red }
  if (hasKeys('caller', call, column)) return { sign: '*', tone: paint.bold }
  const speech = speechIn(stretches, 'caller', column)
  if (speech) return { sign: speechSign(recording, 0, column, signs), tone: paint.green }
  return waits.some(wait => overlap(wait, column)) ? { sign: signs.wait, tone: paint.dim } : { sign: signs.nothing, tone: paint.dim }
}

function agentCell(call: TimelineCall, column: Slot, signs: Signs, paint: Paint): Cell {
  const { stretches, recording } = call.sound
  if (hasKeys('agent', call, column)) return { sign: '*', tone: paint.bold }
  const speech = speechIn(stretches, 'agent', column)
  return speech ? { sign: speechSign(recording, 1, column, signs), tone: paint.yellow } : { sign: signs.nothing, tone: paint.dim }
}

function speechIn(stretches: readonly Stretch[], by: Stretch['by'], column: Slot): Stretch | undefined {
  return stretches.find(stretch => stretch.by === by && overlap(stretch, column))
}

function hasKeys(by: Stretch['by'], { transcript }: TimelineCall, column: Slot): boolean {
  return transcript.moments.some(moment => moment.type === 'dtmf' && moment.by === by && isIn(moment.startS, column))
}

/** Decibels of a step of loudness, up to full scale. */
const stepDb = 6

/** By the loudest sample of the recording in this column, where there is one. */
function speechSign(recording: Recording | undefined, channel: 0 | 1, { startS, endS }: Slot, { speech }: Signs): string {
  const loudest = speech.at(-1) ?? ''
  const peaks = recording?.peaks[channel] ?? []
  if (!recording || peaks.length === 0) return loudest
  const place = (seconds: number): number => (seconds / recording.seconds) * peaks.length
  const peak = Math.max(0, ...peaks.slice(Math.floor(place(startS)), Math.max(Math.ceil(place(endS)), Math.floor(place(startS)) + 1)))
  const below = Math.floor((-20 * Math.log10(peak)) / stepDb)
  return speech[Math.max(0, speech.length - 1 - below)] ?? loudest
}

/** Less is the rounding of a column's times. */
const leastOverlapS = 1e-6

function overlap(a: Slot, b: Slot): boolean {
  return Math.min(a.endS, b.endS) - Math.max(a.startS, b.startS) > leastOverlapS
}

function isIn(seconds: number, { startS, endS }: Slot): boolean {
  return seconds >= startS && seconds < endS
}

/** How long the caller waited, right-aligned to the onset of each answer. One that has no place is told with the words only. */
function latencyRow({ answers }: TimelineCall, row: number, { stepS, columns }: Scale): string {
  let line = ''
  for (const { startS, latencyMs } of answers) {
    const column = Math.floor(startS / stepS) - row * columns
    const text = `${secondsText(latencyMs)} ^`
    const at = column + 1 - text.length
    if (column < 0 || column >= columns || at < line.length + (line === '' ? 0 : 1)) continue
    line = `${line.padEnd(at)}${text}`
  }
  return line
}

function legend(call: TimelineCall, { speech, wait }: Signs, { stepS }: Scale): string {
  const meanings = [
    `${speech.at(-1)} speech`,
    ...(call.answers.length > 0 ? ['^ latency'] : []),
    ...(call.bargeIns.length > 0 ? ['! barge-in'] : []),
    ...(call.transcript.moments.some(({ type }) => type === 'dtmf') ? ['* keys'] : []),
    ...((call.sound.waits ?? []).length > 0 ? [`${wait} the caller lets the agent wait`] : []),
    `${Number(stepS.toPrecision(2))} s per column`,
  ]
  return meanings.join(', ')
}

/** Neighbours of one tone are painted at once. */
function painted(cells: readonly Cell[]): string {
  let line = ''
  for (let i = 0; i < cells.length;) {
    const { tone } = cells[i]!
    let text = ''
    for (; i < cells.length && cells[i]!.tone === tone; i += 1) text += cells[i]!.sign
    line += tone(text)
  }
  return line
}
