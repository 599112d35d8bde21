import type { Level, Pace, Personality } from '../../domain/document.js'
import type { Utterance } from '../../domain/utterance.js'
import type { Patience } from '../../ports/caller.js'
import type { Random } from '../../ports/clock.js'
import { languageName } from './language-name.js'
import { slipKeys } from './slip-keys.js'

/** How a personality makes its caller take turns and speak. Turns count from 0; the same turn always gets the same. */
export interface Manner {
  patience(turn: number): Patience
  /** How long it takes before it speaks. */
  pauseMs(turn: number): number
  /** Words, as its fingers and its tongue bring them out. */
  bringOut(words: string, turn: number): string
  /** What the model is to be told for this turn alone. */
  notes(turn: number): readonly string[]
}

/** How often something happens that is asked about once a turn. */
const share: Readonly<Record<Level, number>> = { none: 0, low: 0.2, medium: 0.5, high: 0.8 }
const shareOfWords: Readonly<Record<Level, number>> = { none: 0, low: 0.02, medium: 0.06, high: 0.12 }

/** How long the agent must have been quiet before the caller thinks that it is done. */
const quietMs: Readonly<Record<Pace, number>> = { fast: 75, normal: 150, slow: 300 }
/** Before it speaks, a slow one takes between so long and twice as long. */
const slowPauseMs = 400

/** An impatient one has heard one message, and speaks. */
const impatience: Patience = { quietMs: 0, givesWay: false }

/**
 * @param known  Words that no finger slips on: what the caller knows.
 * @param random  The attempt's own. Each turn takes as many numbers as any other, so that one has no part in the next.
 */
export function createManner(personality: Personality | undefined, known: ReadonlySet<string>, random: Random): Manner {
  const { interruptionLevel = 'none', pace = 'normal', hesitation = 'none', typos = 'none' } = personality ?? {}
  const { language = 'en', languageMixing: mixing = { language, level: 'none' } } = personality ?? {}
  const draws: Draw[] = []
  const drawOf = (turn: number): Draw => {
    while (draws.length < turn) draws.push(draw(random))
    return (draws[turn] ??= draw(random))
  }
  const interrupts = (turn: number): boolean => drawOf(turn).interrupts < share[interruptionLevel]

  return {
    patience: turn => (interrupts(turn) ? impatience : { quietMs: quietMs[pace], givesWay: true }),
    pauseMs(turn) {
      return pace === 'slow' && !interrupts(turn) ? Math.round(slowPauseMs * (1 + drawOf(turn).pause)) : 0
    },
    bringOut(words, turn) {
      const { hesitates, filler, slips, kinds } = drawOf(turn)
      const typed = slipKeys(words, { share: shareOfWords[typos], known, slips, kinds })
      return hesitates < share[hesitation] && typed !== '' ? `${fillerIn(language, filler)}... ${typed}` : typed
    },
    notes(turn) {
      const isMixed = drawOf(turn).mixes < share[mixing.level]
      return isMixed ? [`This time, let a few words of ${languageName(mixing.language)} slip in.`] : []
    },
  }
}

/** Words that a model found, with all that acts between them, as the caller brings them out. */
export function inManner(manner: Manner, found: Utterance, turn: number): Utterance {
  const spoken = found.map(part => (part.type === 'text' ? { ...part, text: manner.bringOut(part.text, turn) } : part))
  const pauseMs = spoken[0]?.type === 'text' ? manner.pauseMs(turn) : 0
  return pauseMs > 0 ? [{ type: 'hold', ms: pauseMs }, ...spoken] : spoken
}

/** Numbers, 0 <= x < 1, that decide about one turn. */
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
