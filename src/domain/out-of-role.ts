/** How a caller's words fell out of its role. */
export interface OutOfRole {
  readonly kind: 'repeats_instructions' | 'speaks_for_agent'
  /** The words that show it. */
  readonly quote: string
}

/** Of a text that speaks to the caller, so many words in a row are told to it, not by it. */
const mostAddressedWords = 6
/** Of any text, in words and in letters: nobody says so much of it by chance. */
const mostWords = 24
const mostLetters = 160

/** Tells of words whether they are out of role. */
export type RoleGuard = (words: string) => OutOfRole | undefined

/**
 * Finds where words can only be those of somebody who plays a caller: they repeat at length what the caller was told, or
 * they are the agent's.
 *
 * A caller says much of what it was told in the same words ("charged twice for the same order on March 3"), so a short run
 * of them counts only where it addresses the caller ("You are Maria, and you want"). Words that its instructions quote are
 * there to be said.
 *
 * @param told  Instructions, prompts: what it must not repeat.
 */
export function createRoleGuard(told: readonly string[]): RoleGuard {
  const texts = told.map(indexed)
  return words => {
    const line = words.split('\n').find(each => agentsLine.test(each))
    if (line !== undefined) return { kind: 'speaks_for_agent', quote: line.trim() }
    const said = wordsOf(words)
    for (const text of texts) {
      const repeated = longRepeat(said, text)
      if (repeated !== undefined) return { kind: 'repeats_instructions', quote: repeated }
    }
    return undefined
  }
}

const agentsLine = /^[\s"'*_>-]*(the\s+)?(main\s+|support\s+|ai\s+)?(agent|assistant|representative|operator|receptionist|bot)[*_]*\s*:/i
const quoted = /"[^"\n]*"|“[^”\n]*”|«[^»\n]*»/g
const addresses = /^(you|your|yours|yourself|you're|you've|you'll)$/

/** The words of a text, and where each of them stands. */
interface Indexed {
  readonly words: readonly string[]
  readonly places: ReadonlyMap<string, readonly number[]>
}

/** Many callers are told the same: of the latest texts, what was worked out is kept. */
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
  // What a quotation was cut out of does not run on behind it.
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

/** A run of words that both have and that is too long, if there is one. */
function longRepeat(said: readonly string[], told: Indexed): string | undefined {
  for (const [from, word] of said.entries()) {
    for (const at of told.places.get(word) ?? []) {
      let length = 1
      while (from + length < said.length && said[from + length] === told.words[at + length]) length += 1
      const run = said.slice(from, from + length)
      if (isTooLong(run)) return run.join(' ')
    }
  }
  return undefined
}

function isTooLong(run: readonly string[]): boolean {
  if (run.length > mostWords || run.join(' ').length > mostLetters) return true
  return run.length > mostAddressedWords && run.some(word => addresses.test(word))
}
