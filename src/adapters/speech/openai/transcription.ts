import { isRecord, parseJson } from '../../../domain/json-value.js'
import { excerpt } from '../../../domain/excerpt.js'
import type { Heard } from '../../../ports/speech.js'

/** No stretch is so long, so times beyond it are nanoseconds. */
const longestS = 100_000

/**
 * Reads the answer of `/audio/transcriptions`: JSON, with the times of words where there are any, or plain text.
 *
 * @param seconds  Of the stretch that was heard.
 */
export function readTranscription(body: string, seconds: number): Heard | { readonly wrong: string } {
  const json = parseJson(body)
  // Some servers answer plain text, whatever they are asked for.
  if (json === undefined) return /^\s*[<{[]/.test(body) ? { wrong: excerpt(body, 200) } : { text: body }
  if (typeof json === 'string' || typeof json === 'number') return { text: String(json) }
  if (!isRecord(json)) return { wrong: excerpt(body, 200) }
  const text = json['text'] ?? joined(json['segments'])
  if (typeof text !== 'string') return { wrong: excerpt(body, 200) }
  const words = wordsOf(json['words'], seconds)
  return words ? { text, words } : { text }
}

function joined(segments: unknown): string | undefined {
  if (!Array.isArray(segments)) return undefined
  return segments.map(segment => (isRecord(segment) && typeof segment['text'] === 'string' ? segment['text'] : '')).join(' ')
}

/** The words with their times, if each has its times. */
function wordsOf(list: unknown, seconds: number): Heard['words'] {
  if (!Array.isArray(list) || list.length === 0) return undefined
  const words = list.flatMap(each => {
    const { word, start, end } = isRecord(each) ? each : {}
    const [startS, endS] = [secondsIn(start), secondsIn(end)]
    return typeof word === 'string' && startS !== undefined && endS !== undefined ? [{ word: word.trim(), startS, endS }] : []
  })
  if (words.length < list.length) return undefined
  return words.map(({ word, startS, endS }) => ({ word, startS: Math.min(startS, seconds), endS: Math.min(endS, seconds) }))
}

/** Seconds of a number, or of a number in a text. */
function secondsIn(time: unknown): number | undefined {
  const number = typeof time === 'string' && time !== '' ? Number(time) : time
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0) return undefined
  return number > longestS ? number / 1e9 : number
}
