import { foldText } from './fold-text.js'

/**
 * What a claim is about: something that has to happen, something that must never happen, or a manner that has to last from
 * beginning to end. Only `happens` needs a place in the conversation that shows it.
 */
export type ClaimKind = 'happens' | 'never' | 'always'

/**
 * The kind of a claim by its own words, in the languages we know. A claim counts as `never` or `always` only if all of it plainly
 * is: the subject, the negation, and after it nothing that could ask for something or turn the denial around. Everything else
 * has to happen, because a claim that needs no evidence must not be one by mistake.
 */
export function kindByWords(text: string): ClaimKind {
  const sentences = text.split(/(?<=[.!?])\s+/).filter(each => /[\p{L}\p{N}]/u.test(each))
  const kinds = sentences.map(kindOfSentence)
  if (kinds.length === 0 || kinds.includes('happens')) return 'happens'
  return kinds.includes('never') ? 'never' : 'always'
}

function kindOfSentence(sentence: string): ClaimKind {
  const plain = foldText(sentence)
    .trim()
    .replace(/[.!]+$/, '')
  if (languages.some(({ denies, undoes }) => isDenial(plain, denies, undoes))) return 'never'
  return manners.some(manner => manner.test(plain)) ? 'always' : 'happens'
}

function isDenial(sentence: string, denies: RegExp, undoes: RegExp): boolean {
  const begins = denies.exec(sentence)
  if (!begins) return false
  const rest = sentence.slice(begins[0].length)
  if (/\p{L}/u.test(rest) && !joins.test(rest.replaceAll(/,\s+(?:or|nor|oder|noch|o|ni|ou|of)\s/g, ' '))) {
    return (rest.match(/[\p{L}\p{M}\p{N}']+/gu) ?? []).every(word => !undoes.test(word))
  }
  return false
}

/** Punctuation after which another clause may begin. */
const joins = /[.,;:!?](?=\s|$)|[()&+*;\n—–•]|\s-\s/u

interface Denials {
  /** A subject and a negation that belongs to it, or a negated subject. */
  readonly denies: RegExp
  /** Words after which it may no longer be a plain denial: another clause, a condition, a second negation. */
  readonly undoes: RegExp
}

const aux = 'must|should|may|might|will|would|can|could|shall|does|do|did|is|are|was|were|has|have|had'
const subjectEn = `(?:(?:the|an?|our|your|this)\\s+)?(?:(?:ai|voice|chat|support|phone)\\s+)?(?:agent|assistant|bot|chatbot|voicebot|receptionist|representative)|it|he|she|they`

const languages: readonly Denials[] = [
  {
    denies: new RegExp(
      `^(?:(?:${subjectEn})\\s+(?:(?:${aux})\\s+)?(?:never|not)|(?:${subjectEn})\\s+(?:cannot|(?:avoids|refrains\\s+from)|(?:must|should|will|would|can|could|does|do|did|is|are|was|were|has|have|had|wo|ca)n't)|(?:(?:the|an?|any)\\s+)\\p{L}+\\s+(?:${aux})\\s+(?:never|not)|no\\s+(?:[\\p{L}-]+\\s+){1,3}(?:is|are|was|were|gets?|may|must|should|will|has|have)|(?:nothing|nobody|no\\s+one)\\s+(?:is|are|was|were|gets?|may|must|should|will|has))\\s`,
      'u',
    ),
    undoes:
      /^(?:and|but|yet|then|while|whilst|until|till|unless|without|before|except|besides|instead|rather|only|just|merely|simply|because|since|so|than|also|too|plus|as|enough|acceptable|okay|ok|sufficient|possible|else|other|otherwise|doubt|matter|not|never|no|nor|nothing|nobody|none|\p{L}*n't|cannot|un\p{L}+ed|(?:fail|forg[eo]t|refus|hesitat|neglect|omit|miss|skip|stop|ceas|lack|leav|left|ignor|declin|den[iy]|avoid|refrain|delay|withh|overlook)\p{L}*)$/u,
  },
  {
    denies:
      /^(?:(?:der|die|das|ein|eine)\s+(?:agent|agentin|assistent|assistentin|bot)|er|sie|es)\s+(?!vergisst|versäumt|verweigert|zögert|unterlässt|vermeidet|verpasst|lässt|hört|verspricht|verzichtet)\p{L}+\s+(?:nie|niemals|nicht)\s/u,
    undoes:
      /^(?:und|sowie|aber|sondern|doch|jedoch|bis|ohne|bevor|ehe|ausser|nur|bloss|statt|stattdessen|denn|dann|danach|auch|als|zu|wieder|mehr|nie|niemals|nicht|un\p{L}+|kein\p{L}*|\p{L}+zu\p{L}+en|(?:vergess|verweiger|unterl|vers[aä]um|z[oö]ger|vermeid)\p{L}*)$/u,
  },
  {
    denies: /^(?:(?:el|la|un|una)\s+)?(?:agente|asistente|bot|él|ella)\s+(?:no|nunca|jamás)\s/u,
    undoes:
      /^(?:y|e|pero|sino|hasta|sin|antes|salvo|excepto|solo|sólo|solamente|únicamente|más|que|luego|también|además|no|nunca|jamás|(?:dej|olvid|neg|nieg|rechaz|dud|fall|falt|omit|tard|ces|par[ae])\p{L}*)$/u,
  },
  {
    denies:
      /^(?:(?:l'|le\s|la\s)(?:agent|agente|assistant|assistante|bot)|il|elle)\s+n(?:e\s+|')(?!oubli|manqu|refus|hésit|cess|tard|omet|néglig)\p{L}+\s+(?:jamais|pas)\s/u,
    undoes:
      /^(?:et|mais|sans|avant|jusqu\p{L}*|jusqu'.*|sauf|seulement|que|qu'.*|puis|ensuite|aussi|autre\p{L}*|non|ne|pas|jamais|(?:oubli|manqu|refus|hésit|cess|tard|omet|néglig)\p{L}*)$/u,
  },
  {
    denies: /^(?:(?:l'|il\s)(?:agente|assistente|bot)|egli|lui|lei)\s+non\s/u,
    undoes:
      /^(?:e|ed|ma|senza|prima|finch\p{L}*|fino|tranne|salvo|solo|soltanto|che|poi|anche|più|non|(?:dimentic|manc|smett|esit|rifiut|tard|omett|neg|trascur)\p{L}*)$/u,
  },
  {
    denies: /^(?:(?:o|a|um|uma)\s+)?(?:agente|assistente|bot|ele|ela)\s+(?:não|nunca|jamais)\s/u,
    undoes:
      /^(?:e|mas|sem|antes|até|exceto|salvo|só|somente|apenas|que|senão|depois|também|mais|não|nunca|jamais|(?:esquec|deix|hesit|recus|falh|falt|demor|neg|omit|par[ae])\p{L}*)$/u,
  },
  {
    denies:
      /^(?:(?:de|het|een)\s+(?:agent|assistent|bot)|hij|zij|ze)\s+(?!verge|weiger|aarzel|verzuim|laat|stop|belooft)\p{L}+\s+(?:nooit|niet)\s/u,
    undoes:
      /^(?:en|maar|zonder|voordat|voor|tot|totdat|tenzij|behalve|alleen|slechts|dan|ook|te|weer|meer|niet|nooit|geen|on\p{L}+|(?:verge|weiger|aarzel|verzuim)\p{L}*)$/u,
  },
]

const adjective =
  '(?:polite|friendly|calm|courteous|professional|patient|respectful|kind|formal|factual|neutral|honest|concise|brief|empathetic|warm|helpful)'
const adjectives = `(?:(?:very|always)\\s+)?${adjective}(?:(?:,|,?\\s+(?:and|or))\\s+${adjective})*(?:\\s+in\\s+tone)?`
const throughout =
  '(?:\\s+(?:throughout|at all times|all the time|the whole time|to the end)(?:\\s+the\\s+(?:whole\\s+)?(?:conversation|call|chat))?)'

/** A manner that lasts: the whole sentence is nothing else. */
const manners: readonly RegExp[] = [
  new RegExp(`^(?:${subjectEn})\\s+(?:(?:must|should|always)\\s+)?(?:stays?|remains?)\\s+${adjectives}${throughout}?$`, 'u'),
  new RegExp(`^(?:${subjectEn})\\s+(?:(?:is|are|was)|(?:must|should)\\s+be)\\s+${adjectives}${throughout}$`, 'u'),
  new RegExp(`^(?:${subjectEn})\\s+(?:is|are)\\s+always\\s+${adjectives}$`, 'u'),
  /^(?:(?:der|die|das)\s+)?(?:agent|agentin|assistent|assistentin|bot|er|sie|es)\s+bleibt\s+(?:immer\s+|stets\s+)?(?:höflich|freundlich|ruhig|sachlich|respektvoll|geduldig)(?:\s+und\s+(?:höflich|freundlich|ruhig|sachlich|respektvoll|geduldig))?$/u,
  /^(?:(?:el|la)\s+)?(?:agente|asistente|bot)\s+(?:permanece|se\s+mantiene)\s+(?:siempre\s+)?(?:amable|cortés|tranquil[oa]|educad[oa]|profesional|paciente)$/u,
  /^(?:l'|le\s)(?:agent|assistant|bot)\s+reste\s+(?:toujours\s+)?(?:poli|courtois|aimable|calme|professionnel|patient)$/u,
]
