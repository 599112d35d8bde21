import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { SelfHeard } from '../../domain/sound.js'
import { spokenWords } from '../../domain/spoken-form.js'
import { sumErrors, wordErrors } from '../../domain/word-errors.js'
import type { SelfHearing, SpeechToText, SpeechUse, SpokenWords, TextToSpeech } from '../../ports/speech.js'
import { cutAtPauses } from '../audio/cut-at-pauses.js'

/** After so many words of a call it is known how well its voice can be understood. */
const mostWords = 100

/** What callers say, in words that every pair of mouth and ears should master. */
const usualSentences = [
  'Hello, I would like to book an appointment for next week.',
  'Could you tell me when you are open on Saturday morning?',
  'My name is Maria, and my number has changed since last year.',
  'I have been waiting for an answer for more than three days.',
  'Please send the letter to my new address in the city.',
  'That is fine, the second of June at half past nine is good.',
  'No, I do not need anything else today, thank you very much.',
]

/**
 * Listens to our own mouth with our own ears. What is said twice is heard once, and how these ears hear this mouth in general is measured once
 * for each voice and kept on disk.
 *
 * @param folder  Where that is kept.
 */
export function createSelfHearing(mouth: TextToSpeech, ears: SpeechToText, folder: string): SelfHearing {
  const known = new Map<string, Promise<string>>()
  const usual = new Map<string, Promise<number>>()

  const hear = async (words: SpokenWords, use: SpeechUse): Promise<string> => {
    const sound = await mouth.speak(words, use)
    const heard: string[] = []
    for (const piece of cutAtPauses(sound, ears.longestS)) heard.push((await ears.hear(piece, use)).text)
    return heard.filter(text => text !== '').join(' ')
  }
  const heardOf = (words: SpokenWords, use: SpeechUse): Promise<string> => once(known, JSON.stringify(words), () => hear(words, use))
  const measure = async (voice: string | undefined, use: SpeechUse): Promise<number> => {
    const errors = []
    for (const text of usualSentences) errors.push(wordErrors(text, await hear({ text, ...(voice !== undefined && { voice }) }, use)))
    const { words, errors: wrong } = sumErrors(errors)
    return wrong / words
  }
  const usualOf = (voice: string | undefined, use: SpeechUse): Promise<number> =>
    once(usual, voice ?? '', async () => {
      const file = join(folder, `${nameOf(mouth.name, voice, ears.name)}.json`)
      const stored = await read(file)
      if (stored !== undefined) return stored
      const measured = await measure(voice, use)
      await keep(file, measured)
      return measured
    })

  return {
    async listen(said, use): Promise<SelfHeard | undefined> {
      const chosen = firstWords(said)
      const [first] = chosen
      if (!first) return undefined
      const pairs: { text: string; heard: string }[] = []
      for (const words of chosen) pairs.push({ text: words.text, heard: await heardOf(words, use) })
      return { said: pairs, usualWer: await usualOf(first.voice, use) }
    },
  }
}

function firstWords(said: readonly SpokenWords[]): SpokenWords[] {
  let words = 0
  return said.filter(({ text }) => {
    const isWanted = words < mostWords
    words += spokenWords(text).length
    return isWanted
  })
}

/** What failed is tried again by the next one who asks. */
function once<Value>(known: Map<string, Promise<Value>>, key: string, make: () => Promise<Value>): Promise<Value> {
  const own = known.get(key)
  if (own) return own
  const made = make()
  known.set(key, made)
  made.catch(() => known.delete(key))
  return made
}

function nameOf(mouth: string, voice: string | undefined, ears: string): string {
  return createHash('sha256')
    .update(JSON.stringify([1, usualSentences, mouth, voice ?? null, ears]))
    .digest('hex')
}

async function read(file: string): Promise<number | undefined> {
  try {
    const { wer } = JSON.parse(await readFile(file, 'utf8')) as { wer: unknown }
    return typeof wer === 'number' ? wer : undefined
  } catch {
    return undefined
  }
}

async function keep(file: string, wer: number): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, JSON.stringify({ wer }))
  } catch {
    // Without room or rights, it is measured anew.
  }
}
