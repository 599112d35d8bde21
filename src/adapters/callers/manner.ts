import type { Pace, Personality } from '../../domain/document.js'
import { howOften, type Level } from '../../domain/how-often.js'
import type { Utterance } from '../../domain/utterance.js'
import type { Patience } from '../../ports/caller.js'
import type { Random } from '../../ports/clock.js'
import { languageName } from './language-name.js'
import { slipKeys } from './slip-keys.js'

/**
 * How a caller with a given personality takes turns and speaks. Turns count from 0; the same turn always gets the same
 * answers.
 */
export interface Manner {
  patience(turn: number): Patience
  /** The pause before the caller speaks. */
  pauseMs(turn: number): number
  /** Adds the personality's hesitations and typos to the words. */
  bringOut(words: string, turn: number): string
  /** Instructions to the model for this turn only. */
  notes(turn: number): readonly string[]
}

const shareOfWords: Readonly<Record<Level, number>> = { none: 0, low: 0.02, medium: 0.06, high: 0.12 }

/** How long the agent must be quiet before the caller takes its turn as over. */
const quietMs: Readonly<Record<Pace, number>> = { fast: 75, normal: 150, slow: 300 }
/** A slow caller pauses for one to two times this long before it speaks. */
const slowPauseMs = 400

/** An impatient caller speaks after one message of the agent. */
const impatience: Patience = { quietMs: 0, givesWay: false }

/**
 * @param known  Words that are never mistyped: the caller's own data.
 * @param random  The attempt's own source. Every turn draws the same count of numbers, so no turn affects the next.
 * @param cutInShare  In a call: in which share of the turns the caller cuts in, whatever its level of interruption says.
 */
export function createManner(
  personality: Personality | undefined,
  known: ReadonlySet<string>,
  random: Random,
  cutInShare?: number,
): Manner {
  const { interruptionLevel = 'none', pace = 'normal', hesitation = 'none', typos = 'none' } = personality ?? {}
  const { language = 'en', languageMixing: mixing = { language, level: 'none' } } = personality ?? {}
  const draws: Draw[] = []
  const drawOf = (turn: number): Draw => {
    while (draws.length < turn) draws.push(draw(random))
    return (draws[turn] ??= draw(random))
  }
  const interrupts = (turn: number): boolean => drawOf(turn).interrupts < (cutInShare ?? howOften[interruptionLevel])

  return {
    patience: turn => (interrupts(turn) ? impatience : { quietMs: quietMs[pace], givesWay: true }),
    pauseMs(turn) {
      return pace === 'slow' && !interrupts(turn) ? Math.round(slowPauseMs * (1 + drawOf(turn).pause)) : 0
    },
    bringOut(words, turn) {
      const { hesitates, filler, slips, kinds } = drawOf(turn)
      const typed = slipKeys(words, { share: shareOfWords[typos], known, slips, kinds })
      return hesitates < howOften[hesitation] && typed !== '' ? `${fillerIn(language, filler)}... ${typed}` : typed
    },
    notes(turn) {
      const isMixed = drawOf(turn).mixes < howOften[mixing.level]
      return isMixed ? [`This time, let a few words of ${languageName(mixing.language)} slip in.`] : []
    },
  }
}

/** Adds the caller's manner to words that a model found; the parts that act stay as they are. */
export function inManner(manner: Manner, found: Utterance, turn: number): Utterance {
  const spoken = found.map(part => (part.type === 'text' ? { ...part, text: manner.bringOut(part.text, turn) } : part))
  const pauseMs = spoken[0]?.type === 'text' ? manner.pauseMs(turn) : 0
  return pauseMs > 0 ? [{ type: 'hold', ms: pauseMs, thinks: true }, ...spoken] : spoken
}

/** The random numbers for one turn, 0 <= x < 1. */
type Draw = Readonly<Record<'interrupts' | 'pause' | 'hesitates' | 'filler' | 'slips' | 'kinds' | 'mixes', number>>

function draw(random: Random): Draw {
  return {
    interrupts: random(),
    pause: random(),
    hesitates: random(),
    filler: random(),
    slips: random(),
    kinds: random(),
    mixes: random(),
  }
}

const fillers: Readonly<Record<string, readonly string[]>> = {
  en: ['Um', 'Uh', 'Er', 'Hmm'],
  es: ['Eh', 'Este', 'Pues'],
  de: ['Ähm', 'Äh', 'Hm'],
  fr: ['Euh', 'Ben', 'Hum'],
  it: ['Ehm', 'Beh', 'Mah'],
  pt: ['Hum', 'Eh', 'Bem'],
  nl: ['Eh', 'Uhm', 'Hm'],
}

function fillerIn(language: string, at: number): string {
  const known = fillers[language.toLowerCase().split(/[-_]/)[0] ?? ''] ?? ['Hm']
  return known[Math.floor(at * known.length)] ?? ''
}
