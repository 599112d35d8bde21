import type { Moment, Transcript } from '../../domain/transcript.js'

/** Whether the agent said the quoted words, or made the quoted tool call, in that turn. */
export type QuoteFinder = (quote: string, turn: number) => boolean

/**
 * Finds quotes in the agent's side of a conversation: its words, its tool calls and their results. The caller's words
 * are no evidence of what the agent did, and are never found.
 *
 * A quote must be a stretch of one message, of consecutive messages in a turn, or of one call or result. White space,
 * case, quotation marks and JSON escapes do not matter. The quote must contain a letter or a digit. A very short quote
 * must consist of whole words, because it would match almost anywhere.
 */
export function createQuoteFinder({ moments }: Transcript): QuoteFinder {
  const prepared = new Map<number, readonly Passage[]>()
  return (quote, turn) => {
    // The judge may repeat a line break in the JSON escape it was shown.
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

/** One stretch of what the agent did: the original, and the form that quotes are matched against. */
interface Passage {
  readonly text: string
  readonly plain: string
}

/** The length up to which a quote must consist of whole words. */
const fewLetters = 3

/** Whether the words occur as whole words. Scripts without spaces have no word boundaries, so any match counts. */
function standsAlone(words: string, text: string): boolean {
  if (unspaced.test(words)) return true
  const whole = new Set(wordsOf(text))
  return wordsOf(words).every(word => whole.has(word))
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
}

const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u

/** A tool call or result on one line, as judges see it: `cancel_appointment {"patient_id":"P-1"}`. */
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

/** Removes what quoting can change. It works letter by letter, so a stretch of a text stays a stretch of the converted text. */
function plain(text: string): string {
  // Most texts are ASCII, which needs no conversion.
  if (/^[\x20-\x7e\s]*$/.test(text)) return text.toLowerCase().replaceAll(dropped, '')
  let kept = ''
  for (const letter of text) kept += letter.normalize('NFKD').toLowerCase().replaceAll('ς', 'σ')
  return kept.replaceAll(dashes, '-').replaceAll(dropped, '')
}

const dashes = /[\u2010-\u2015\u2212]/g

/** White space, invisible characters, all quotation marks, and the backslash of JSON escapes. */
const dropped = /[\s\u0085\\"'`´<>\u00ab\u00bb\u2018-\u201f\u2039\u203a\u300c-\u300f\u200b-\u200f\u2060\ufeff\u00ad]+/g
