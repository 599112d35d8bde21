import { foldText } from '../../domain/fold-text.js'
import type { Moment, Transcript } from '../../domain/transcript.js'

/** Whether the agent said the quoted words, or made the quoted tool call, in that turn. */
export type QuoteFinder = (quote: string, turn: number) => boolean

/**
 * Finds quotes in the agent's side of a conversation: its words, its tool calls and their results. The caller's words
 * are no evidence of what the agent did, and are never found.
 *
 * A quote must be a stretch of one message, of consecutive messages in a turn, or of one call or result. Texts are
 * compared folded, as checks do; the agent's markdown, white space, punctuation outside of numbers and JSON escapes do not
 * matter either. The quote must contain a letter or a digit. A very short quote must consist of whole words, because it
 * would match almost anywhere.
 */
export function createQuoteFinder({ moments }: Transcript): QuoteFinder {
  const prepared = new Map<number, readonly Passage[]>()
  return (quote, turn) => {
    // The judge may repeat a line break in the JSON escape it was shown.
    const wanted = [quote, quote.replaceAll(/\\[nrt]/g, ' ')].flatMap(plainForms).filter(each => /[\p{L}\p{N}]/u.test(each))
    let stretches = prepared.get(turn)
    if (!stretches) {
      stretches = stretchesOf(moments.filter(moment => moment.turn === turn && moment.by === 'agent' && moment.type !== 'thought')).map(
        text => ({
          text,
          forms: plainForms(text),
        }),
      )
      prepared.set(turn, stretches)
    }
    return stretches.some(stretch =>
      wanted.some(
        each => stretch.forms.some(form => form.includes(each)) && (each.length > fewLetters || standsAlone(quote, stretch.text)),
      ),
    )
  }
}

/** One stretch of what the agent did: the original, and the forms that quotes are matched against. */
interface Passage {
  readonly text: string
  readonly forms: readonly string[]
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

/** What is left of a text without everything that quoting can change, with its markdown and without. */
function plainForms(text: string): string[] {
  const bare = withoutMarkdown(text)
  return bare === text ? [plain(text)] : [plain(text), plain(bare)]
}

/** Decomposed, so that a stretch of a text stays a stretch of its plain form even where an accent was cut off. */
function plain(text: string): string {
  return foldText(text).normalize('NFD').replaceAll(dashes, '-').replaceAll(dropped, '')
}

function withoutMarkdown(text: string): string {
  return text
    .replaceAll(/!?\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replaceAll(/^[ \t]*(?:#{1,6}|[-*+]|\d{1,9}[.)])[ \t]+/gm, '')
    .replaceAll(/^[ \t]*\|?[ \t]*:?-{3,}[-:| \t]*$/gm, '')
}

const dashes = /[\u2012-\u2015]/g

/** White space, the signs of markdown and JSON, and punctuation, but for a sign before or within a number, and %, & and @. */
const dropped = /[\s`|~<>^]+|(?!(?<![\p{L}\p{M}\p{N}])-\p{N}|(?<=\p{N})[.,:/-](?=\p{N})|[%‰&@#§])\p{P}/gu
