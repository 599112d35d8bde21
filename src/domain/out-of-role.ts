import { machineWordsIn } from './machine-words.js'

/** How a caller's words broke its role. */
export interface OutOfRole {
  readonly kind: 'repeats_instructions' | 'speaks_for_agent' | 'speaks_as_model'
  /** The words that show it. */
  readonly quote: string
}

/** A longer run of words from a text that addresses the caller ("you") was told to the caller, not said by it. */
const mostAddressedWords = 6
/** Limits for any text, in words and in letters: nobody repeats so much of it by chance. */
const mostWords = 24
const mostLetters = 160

/** Checks whether words break the role; `undefined` if they do not. */
export type RoleGuard = (words: string) => OutOfRole | undefined

/**
 * Finds words that only somebody playing a caller would say: they repeat the caller's instructions at length, they are
 * the agent's lines, or a model says that it is one.
 *
 * A caller rightly repeats much of its instructions ("charged twice for the same order on March 3"), so a short run counts
 * only if it addresses the caller ("You are Maria, and you want"). Quotations in the instructions are meant to be said.
 *
 * @param told  Instructions and prompts that the caller must not repeat.
 */
export function createRoleGuard(told: readonly string[]): RoleGuard {
  const texts = told.map(indexed)
  return words => {
    const line = words.split('\n').find(each => agentsLine.test(each))
    if (line !== undefined) return { kind: 'speaks_for_agent', quote: line.trim() }
    const machine = machineWordsIn(words, told)
    if (machine !== undefined) return { kind: 'speaks_as_model', quote: machine }
    const said = wordsOf(words)
    for (const text of texts) {
      const repeated = longRepeat(said, text)
      if (repeated !== undefined) return { kind: 'repeats_instructions', quote: repeated }
    }
    return undefined
  }
}

/** For the report: "the caller ...". */
export const roleBreaks: Readonly<Record<OutOfRole['kind'], string>> = {
  repeats_instructions: 'repeated its instructions',
  speaks_for_agent: 'spoke for the agent',
  speaks_as_model: 'said that it is a machine',
}

const agentsLine = /^[\s"'*_>-]*(the\s+)?(main\s+|support\s+|ai\s+)?(agent|assistant|representative|operator|receptionist|bot)[*_]*\s*:/i
const quoted = /"[^"\n]*"|“[^”\n]*”|«[^»\n]*»/g
const addresses = /^(you|your|yours|yourself|you're|you've|you'll)$/

/** The words of a text, and the positions of each. */
interface Indexed {
  readonly words: readonly string[]
  readonly places: ReadonlyMap<string, readonly number[]>
}

/** Many callers share their instructions, so the latest indexes are cached. */
const index = new Map<string, Indexed>()
const mostIndexed = 100

function indexed(text: string): Indexed {
  let known = index.get(text)
  if (!known) {
    if (index.size >= mostIndexed) index.clear()
    index.set(text, (known = indexOf(text)))
  }
  return known
}

function indexOf(text: string): Indexed {
  // A mark replaces each quotation, so that no run of words continues across it.
  const words = wordsOf(text.replaceAll(quoted, ' ¶ '))
  const places = new Map<string, number[]>()
  for (const [at, word] of words.entries()) {
    const known = places.get(word)
    if (known) known.push(at)
    else places.set(word, [at])
  }
  return { words, places }
}

/** In lower case. */
function wordsOf(text: string): string[] {
  return (
    text
      .toLowerCase()
      .replaceAll('’', "'")
      .match(/[\p{L}\p{N}]+(?:'\p{L}+)*|¶/gu) ?? []
  )
}

/** The first run of words in both texts that is too long, if any. */
function longRepeat(said: readonly string[], told: Indexed): string | undefined {
  for (const [from, word] of said.entries()) {
    for (const at of told.places.get(word) ?? []) {
      let [to, letters] = [from + 1, word.length]
      for (let next = said[to]; next !== undefined && next === told.words[at + to - from]; next = said[to]) {
        letters += 1 + next.length
        to += 1
      }
      const isTooLong = to - from > mostWords || letters > mostLetters
      // Most runs are a word or two: only a long one is worth a list of its own.
      if (!isTooLong && to - from <= mostAddressedWords) continue
      const run = said.slice(from, to)
      if (isTooLong || run.some(each => addresses.test(each))) return run.join(' ')
    }
  }
  return undefined
}
