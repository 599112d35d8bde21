import type { Moment, Transcript } from './transcript.js'

/**
 * How the messages of one turn of the agent become one text.
 *
 * - `auto`: glued where any of them begins or ends with white space, as the pieces of a streamed answer do; otherwise with a
 *   blank between.
 * - `none`, `space`, `newline`: glued; with a blank or a line break between.
 */
export type Join = 'auto' | 'none' | 'space' | 'newline'

/** How an agent's messages are taken. */
export interface MessageSettings {
  readonly join: Join
  /** How long the agent must have been quiet for its turn to be over, if nothing else says so. Milliseconds. */
  readonly endOfTurn: 'auto' | number
}

export const usualMessages: MessageSettings = { join: 'auto', endOfTurn: 'auto' }

export function isUsual({ join, endOfTurn }: MessageSettings): boolean {
  return join === usualMessages.join && endOfTurn === usualMessages.endOfTurn
}

/** The text of a turn, as a person would read it. */
export function turnText(messages: readonly string[], join: Join): string {
  return messages.length === 1 ? messages[0]! : messages.join(separatorOf(messages, join))
}

/** The messages of a turn: pieces of an answer are one message. */
export function messagesOf(pieces: readonly string[], join: Join): readonly string[] {
  return pieces.length > 1 && areOne(pieces, join) ? [turnText(pieces, join)] : pieces
}

/**
 * Everything that the messages of a turn may read as: the {@link turnText text of the turn} first. With `auto` there are two,
 * because nobody can be sure that pieces were to be glued.
 */
export function turnReadings(messages: readonly string[], join: Join): readonly string[] {
  const text = turnText(messages, join)
  if (join !== 'auto' || messages.length < 2) return [text]
  return [text, messages.join(arePieces(messages) ? ' ' : '')]
}

/**
 * A conversation as a person would read it: messages of one turn that are pieces of an answer, and follow one another, are one
 * message. Whole messages stay apart.
 *
 * @returns The same list if nothing in it is a piece.
 */
export function readTogether(moments: readonly Moment[], join: Join): readonly Moment[] {
  const turns = heardByTurn(moments)
  const areTogether = new Map<number, boolean>()
  for (const [turn, texts] of turns) areTogether.set(turn, texts.length > 1 && areOne(texts, join))
  if (![...areTogether.values()].includes(true)) return moments

  const read: Moment[] = []
  let run: SaidMoment[] = []
  const endRun = (): void => {
    const [first] = run
    if (first) read.push(run.length === 1 ? first : joined(run, separatorOf(turns.get(first.turn) ?? [], join)))
    run = []
  }
  for (const moment of moments) {
    const isPiece = isAgentSaid(moment) && areTogether.get(moment.turn) === true
    if (!isPiece || run[0]?.turn !== moment.turn) endRun()
    if (isPiece) run.push(moment)
    else read.push(moment)
  }
  endRun()
  return read
}

/** A transcript as a person would read it; see {@link readTogether}. */
export function transcriptAsRead(transcript: Transcript, join: Join): Transcript {
  return { ...transcript, moments: readTogether(transcript.moments, join) }
}

/** How long an agent must be quiet after a message for its turn to be over. Milliseconds. */
export function endOfTurnMs({ endOfTurn }: MessageSettings, lastMessage: string): number {
  if (endOfTurn !== 'auto') return endOfTurn
  return endsLikeSentence(lastMessage) ? 150 : 400
}

/** Whether a message ends like a sentence: with its mark, which quotation marks, brackets and markdown may follow. */
export function endsLikeSentence(text: string): boolean {
  return /[\p{Sentence_Terminal}…][\p{Pe}\p{Pf}"'*_`~]*$/u.test(text.trimEnd().slice(-20))
}

type SaidMoment = Extract<Moment, { type: 'said' }>

function isAgentSaid(moment: Moment): moment is SaidMoment {
  return moment.type === 'said' && moment.by === 'agent'
}

function separatorOf(messages: readonly string[], join: Join): string {
  return { none: '', space: ' ', newline: '\n', auto: arePieces(messages) ? '' : ' ' }[join]
}

function areOne(messages: readonly string[], join: Join): boolean {
  return join !== 'auto' || arePieces(messages)
}

/** Whether the messages are pieces of an answer: white space at their edges keeps the words apart. */
function arePieces(messages: readonly string[]): boolean {
  return messages.some(text => /^\s|\s$/.test(text))
}

function joined(run: readonly SaidMoment[], separator: string): SaidMoment {
  const [first] = run
  return {
    ...first!,
    endS: run.at(-1)!.endS,
    text: run.map(({ text }) => text).join(separator),
    ...(run.some(({ cut }) => cut) && { cut: true }),
  }
}

/** What the agent said, message by message. By turn. */
export function heardByTurn(moments: readonly Moment[]): ReadonlyMap<number, readonly string[]> {
  const turns = new Map<number, string[]>()
  for (const moment of moments) {
    if (!isAgentSaid(moment)) continue
    const texts = turns.get(moment.turn)
    if (texts) texts.push(moment.text)
    else turns.set(moment.turn, [moment.text])
  }
  return turns
}
