import { foldText } from '../fold-text.js'
import { beginsAsDenial } from './beginning.js'

/** What a sentence denies behind something else: `and does not book a table`. */
export interface LaterDenial {
  /** From its first word to the end of the sentence. */
  readonly text: string
  /** The same as sentences of their own, with each subject that it may have. */
  readonly sentences: readonly string[]
}

/** Finds the first part of a sentence, behind a comma or `and`, that begins as a denial does. */
export function laterDenialOf(sentence: string): LaterDenial | undefined {
  if (sentence.length > mostCharacters) return undefined
  for (const cut of sentence.matchAll(cuts)) {
    const before = foldText(sentence.slice(0, cut.index))
    const text = sentence.slice(cut.index + cut[0].length)
    const part = foldText(text.split(cuts)[0] ?? '')
    const isReported = !/[,;]/.test(cut[0]) && reports.test(before)
    if (isReported || isContrast(part) || condition.test(part)) continue
    const person = aPerson.exec(before)?.[0]
    const sentences = [text, ...(person === undefined ? pronouns : [person]).map(subject => `${subject} ${text}`)]
    if (sentences.some(beginsAsDenial)) return { text, sentences }
  }
  return undefined
}

/** A longer sentence is not read. */
const mostCharacters = 2000

const joiner = '(?:and|but|yet|then|also|und|aber|sowie|y|pero|e|ed|ma|mas|et|mais|en|maar)'
const cuts = new RegExp(String.raw`(?:[,;]\s+|\s+(?=${joiner}\s))(?:${joiner}\s+)*`, 'giu')

/** One in each language, so that a part without a subject becomes a sentence. */
const pronouns = ['it', 'er', 'él', 'il', 'lui', 'ele', 'hij']

/** Somebody other than the agent, as the subject. */
const aPerson =
  /^(?:the|der|die|el|la|le|il|o|a|de) (?:caller|customer|patient|user|guest|client|anrufer|anruferin|kunde|kundin|cliente|usuario|usuaria|klant|beller)(?= )/u

const reports = /(?:^| )(?:that|whether|dass|ob|que|che|dat|qu'\S+) /u
const condition =
  /^(?:if|when|whenever|unless|because|since|as|that|which|who|where|while|so|whether|although|even|only|wenn|falls|weil|dass|ob|si|cuando|porque|que|quand|lorsque|se|quando|als|omdat|dat) /u

/** Whether a part only sets one thing against another: `a refund, not a voucher`. */
function isContrast(part: string): boolean {
  const words = part.trim().split(/\s+/)
  if (words.length < 3 || /^(?:not|nicht|pas|niet)$/.test(words[0] ?? '')) return true
  return words.length < 4 && /^(?:no|kein\p{L}*|geen|aucune?|nessun[oa]?)$/u.test(words[0] ?? '')
}
