import { anyWord, either, inOrder, maybe, one, phrase, setOf, upTo, type Phrase } from './grammar.js'

/** The words of plain denials in a language. A list is of single words with blanks between them. */
export interface Language {
  /** The agent, as the subject: one {@link phrase} or several. */
  readonly agent: readonly string[]
  /** What denies: the words before the verb, those behind it, or both. Those behind it may be left out where some stand before it. */
  readonly denies: { readonly before?: string; readonly behind?: string; readonly isBehindOptional?: true }
  /** What denies as an article: `keine`. */
  readonly noArticle?: string
  /** Whether what denies may also stand behind the object: `nennt den Preis nicht`. */
  readonly mayDenyLast?: true
  /** All that is said of the agent, word for word, where other objects would turn the verb around: a {@link phrase} each. */
  readonly sayings: readonly string[]
  /** Verbs that nobody does who does nothing: third person and infinitive, `fragt fragen`. */
  readonly verbs: string
  readonly modal: string
  /** Whether an infinitive stands behind its object. */
  readonly isInfinitiveLast?: true
  /** Words between a verb and its object: `nach`. */
  readonly links?: string
  readonly articles: string
  /** What joins two nouns, without an article in it (`de`) and with one (`du`). */
  readonly of: string
  readonly ofThe?: string
  /** Nouns that may stand without an article. */
  readonly nouns: string
  readonly or: string
  /** Behind an article, words that limit what is denied, or say when: no plain things. */
  readonly limits: string
}

/** A plain denial in a language, from the first word of a sentence to the last. */
export function denialIn(language: Language): Phrase {
  const { agent, denies, mayDenyLast, sayings, noArticle, verbs, modal, isInfinitiveLast, links = '', or } = language
  const pairs = verbs.split(',').map(pair => pair.trim().split(/\s+/))
  const verb = one(pairs.map(([third]) => third).join(' '))
  const infinitive = one(pairs.map(([, last]) => last).join(' '))
  const anyNoun = anyNounOf(language)
  const thing = inOrder(maybe(one(links)), thingOf(language, anyNoun))
  const things = maybe(inOrder(thing, maybe(inOrder(upTo(2, inOrder(one(','), thing)), one(or), thing))))
  const before = denies.before === undefined ? nothing : one(denies.before)
  const behind = denies.behind === undefined ? nothing : denies.isBehindOptional ? maybe(one(denies.behind)) : one(denies.behind)
  const none = inOrder(one(noArticle ?? ''), anyNoun)
  return inOrder(
    either(...agent.map(phrase)),
    either(
      inOrder(before, verb, behind, things),
      ...(mayDenyLast ? [inOrder(verb, thing, behind)] : []),
      ...sayings.map(phrase),
      inOrder(before, one(modal), behind, ...(isInfinitiveLast ? [things, infinitive] : [infinitive, things])),
      inOrder(verb, none, maybe(inOrder(one(or), none))),
      inOrder(one(modal), none, infinitive),
    ),
  )
}

const nothing: Phrase = (_words, at) => [at]

function anyNounOf({ limits, verbs, articles, of, ofThe = '', or, links = '', nouns: _, ...language }: Language): Phrase {
  const unfit = setOf(`${limits} ${verbs.replaceAll(',', ' ')} ${articles} ${of} ${ofThe} ${or} ${links} ${language.modal}`)
  return anyWord(word => /^\p{L}{3,}$/u.test(word) && !unfit.has(word))
}

/** `el número de tarjeta`, `die Nummer der Karte`, `descuentos`. */
function thingOf({ articles, of, ofThe = '', nouns }: Language, anyNoun: Phrase): Phrase {
  const bare = one(nouns)
  const named = either(inOrder(one(articles), either(anyNoun, bare)), bare)
  return inOrder(named, upTo(2, either(inOrder(one(of), named), inOrder(one(ofThe), either(anyNoun, bare)))))
}
