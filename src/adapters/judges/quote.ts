import type { Moment, Transcript } from '../../domain/transcript.js'

/** Whether words were really said, or a tool really called, by the agent in a turn. */
export type QuoteFinder = (quote: string, turn: number) => boolean

/**
 * Finds quotes in the agent's side of a conversation: its words, its tool calls and what its tools returned. What the
 * caller said is no evidence of what the agent did, and is never found.
 *
 * A quote is found if it is a stretch of one message, of messages that follow one another in a turn, or of one call or
 * result. White space, case, quotation marks, and the escapes of JSON do not count; it has to hold a letter or a digit. A
 * very short one stands in almost anything, so it has to be whole words.
 */
export function createQuoteFinder({ moments }: Transcript): QuoteFinder {
  const prepared = new Map<number, readonly Passage[]>()
  return (quote, turn) => {
    // A line break may come back as it stood in the JSON that the judge was shown.
    const wanted = [plain(quote), plain(quote.replaceAll(/\\[nrt]/g, ' '))].filter(each => /[\p{L}\p{N}]/u.test(each))
    let stretches = prepared.get(turn)
    if (!stretches) {
      stretches = stretchesOf(moments.filter(moment => moment.turn === turn && moment.by === 'agent')).map(text => ({
        text,
        plain: plain(text),
      }))
      prepared.set(turn, stretches)
    }
    return stretches.some(stretch =>
      wanted.some(each => stretch.plain.includes(each) && (each.length > fewLetters || standsAlone(quote, stretch.text))),
    )
  }
}

/** What the agent did in one stretch: as it is, and as quotes are looked for in it. */
interface Passage {
  readonly text: string
  readonly plain: string
}

/** Quotes that are no longer are looked at more closely. */
const fewLetters = 3

/** Whether words stand in a text as words of their own, and not within others. Scripts without spaces have no such words. */
function standsAlone(words: string, text: string): boolean {
  if (unspaced.test(words)) return true
  const whole = new Set(wordsOf(text))
  return wordsOf(words).every(word => whole.has(word))
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}

const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

/** A tool call or result in one line, as judges are shown it: `cancel_appointment {"patient_id":"P-1"}`. */
export function toolLine(name: string | undefined, value: unknown): string {
  const json = typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
  return [name, json].filter(Boolean).join(' ')
}

function stretchesOf(moments: readonly Moment[]): string[] {
  const stretches: string[] = []
  let words: string[] = []
  const close = (): void => {
    if (words.length > 0) stretches.push(words.join(' '))
    words = []
  }
  for (const moment of moments) {
    if (moment.type === 'said') {
      words.push(moment.text)
      continue
    }
    close()
    if (moment.type === 'tool_called') {
      stretches.push(toolLine(moment.name, moment.arguments), `${moment.name}(${toolLine(undefined, moment.arguments)})`)
    }
    if (moment.type === 'tool_returned') stretches.push(toolLine(moment.name, moment.result))
  }
  close()
  return stretches
}

/**
 * A text without what quoting changes. Letter by letter, so that each stretch of a text is also a stretch of what becomes
 * of the text.
 */
function plain(text: string): string {
  // Most texts are ASCII, where a letter stands for itself.
  if (/^[\x20-\x7e\s]*$/.test(text)) return text.toLowerCase().replaceAll(dropped, '')
  let kept = ''
  for (const letter of text) kept += letter.normalize('NFKD').toLowerCase().replaceAll('ς', 'σ')
  return kept.replaceAll(dashes, '-').replaceAll(dropped, '')
}

const dashes = /[\u2010-\u2015\u2212]/g

/** White space, what cannot be seen, all that quotes are marked with, and the backslash that JSON escapes them with. */
const dropped = /[\s\u0085\\"'`´<>\u00ab\u00bb\u2018-\u201f\u2039\u203a\u300c-\u300f\u200b-\u200f\u2060\ufeff\u00ad]+/g
