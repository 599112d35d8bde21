import { foldText } from './fold-text.js'

/** How people learn in a language that a machine speaks. Patterns of folded text, in which a dotless i has a dot. */
interface MachineWords {
  /** "AI language model", "virtual assistant". */
  readonly noun: string
  /** "As an ..." before the noun, and what the speaker goes on with. The agent may be addressed by the same words: "as an AI, you". */
  readonly as: readonly [before: string, after: string]
  /** "I am an ..." before the noun. */
  readonly am: string
}

const languages: readonly MachineWords[] = [
  {
    noun: '(?:ai|artificial intelligence|(?:ai[ -])?(?:large )?language model|(?:ai|virtual|digital|ai-powered)[ -](?:assistant|model|chatbot|bot|system)|chatbot)',
    as: ['as an? ', '(?: (?:developed|created|trained|made|designed) by [\\p{L} ]{2,30})?,? (?:i|how (?:can|may) i|my)'],
    am: "(?<!(?:if|whether|like|though|think|said|says) )(?:i'm|i am)(?: just| only| actually| merely| simply)? an? ",
  },
  {
    noun: '(?:ki|künstliche intelligenz|(?:ki[ -])?sprachmodell|ki[ -](?:modell|assistent|assistentin|system)|virtuelle[rn]? assistent(?:in)?|chatbot)',
    as: ['als (?:einer? )?', ',? (?:kann|habe|bin|darf|werde|muss|möchte|verfüge) ich'],
    am: 'ich bin(?: nur| lediglich| ja| bloss)?(?: eine?)? ',
  },
  {
    noun: "(?:ia|intelligence artificielle|modèle (?:de langage|linguistique)(?: d'ia)?|assistante? (?:virtuel(?:le)?|ia)|chatbot)",
    as: ["en tant (?:que |qu')(?:une? )?", ",? (?:je|j')"],
    am: "je (?:ne )?suis (?:qu'|juste |simplement |seulement )?une? ",
  },
  {
    noun: '(?:ia|inteligencia artificial|modelo de lenguaje(?: de ia)?|asistente (?:virtual|de ia)|chatbot)',
    as: ['como (?:una? )?', ',? (?:yo )?(?:no )?(?:puedo|tengo|estoy|soy|debo)'],
    am: '(?<!no )soy (?:solo |sólo |solamente )?(?:una? )?',
  },
  {
    noun: '(?:ia|intelligenza artificiale|modello (?:linguistico|di linguaggio)|assistente virtuale|chatbot)',
    as: ["(?:come|in quanto) (?:una? |un')?", ',? (?:io )?(?:non )?(?:posso|ho|sono|devo)'],
    am: "(?<!non )(?:io )?sono (?:solo |soltanto |semplicemente )?(?:una? |un')",
  },
  {
    noun: '(?:ia|inteligência artificial|modelo de linguagem|assistente virtual|chatbot)',
    as: ['como (?:uma? )?', ',? (?:eu )?(?:não )?(?:posso|tenho|estou|sou|devo)'],
    am: '(?<!não )sou (?:apenas |só |somente )?(?:uma? )?',
  },
  {
    noun: '(?:ai|kunstmatige intelligentie|(?:ai[ -])?taalmodel|virtuele assistent|ai[ -](?:assistent|model)|chatbot)',
    as: ['als (?:een )?', ',? (?:kan|heb|ben|mag|moet) ik'],
    am: 'ik ben (?:slechts |maar |gewoon |alleen )?een ',
  },
  {
    noun: '(?:model(?:em)? językowy(?:m)?|sztuczn(?:a|ą) inteligencj(?:a|ą)|wirtualny(?:m)? asystent(?:em)?|asystent(?:em)? ai|chatbot(?:em)?)',
    as: ['jako ', ',? (?:ja )?(?:nie )?(?:mogę|mam|jestem|muszę)'],
    am: '(?<!nie )jestem (?:tylko )?',
  },
  {
    noun: '(?:ии|искусственный интеллект|языковая модель|виртуальный (?:помощник|ассистент)|чат-бот)',
    as: ['как ', ',? я'],
    am: 'я (?:- |— |всего лишь |просто |только )*',
  },
]

/** Without blanks between words. */
const unspaced: readonly RegExp[] = [
  /作为(?:一个|一名|一款)?(?:ai|人工智能|大?语言模型)(?:语言模型|模型|助手)?,?我/u,
  /我(?:只|只不过)?是(?:一个|一名|一款)?(?:(?:ai|人工智能)(?:语言模型|模型|助手)|大?语言模型|(?:ai|人工智能)(?=[,.。]|$))(?!吗)/u,
  /(?:ai|人工知能|言語モデル)(?:アシスタント|言語モデル)?として[、,]?(?:私|お答え|対応)/u,
  /私は(?:ai|人工知能|大規模言語モデル|言語モデル)(?:アシスタント|言語モデル)?(?:です|なので|であり)(?!か)/u,
]

/** "I am an AI engineer" says something else: after the noun the sentence ends, or goes on about the machine. */
const nounEnds = `(?=\\s*(?:[.,;:!?)"'…-]|$)|\\s+(?:and|so|here|trained|created|developed|designed|made|built|by|from|that|who|which|without|und|et|y|e|en|i|и)(?![\\p{L}]))`

const spaced = languages.map(({ noun, as: [before, after], am }) => ({
  as: new RegExp(`(?<![\\p{L}\\p{N}])${before}(${noun})${after}(?:(?!\\p{L})|(?<='))`, 'u'),
  am: new RegExp(`(?<![\\p{L}\\p{N}])${am}(${noun})(?![\\p{L}\\p{N}])${nounEnds}`, 'u'),
}))

/** Looked for first: most texts name no machine. */
const anyNoun = new RegExp(`(?<![\\p{L}\\p{N}])(?:${languages.map(({ noun }) => noun).join('|')})(?![\\p{L}\\p{N}])`, 'u')

/**
 * Finds words by which a model says that it is one: "As an AI language model, I cannot". Who only speaks of machines ("Am I
 * speaking with an AI?") says something else, and so does a caller that is told to be one.
 *
 * @param told  What the caller was told.
 * @returns The words, folded.
 */
export function machineWordsIn(words: string, told: readonly string[]): string | undefined {
  const text = foldText(words)
  for (const { as, am } of anyNoun.test(text) ? spaced : []) {
    const found = as.exec(text) ?? statedIn(text, am)
    if (found && !isTold(found[1] ?? '', told)) return found[0]
  }
  return unspaced.map(each => each.exec(text)?.[0]).find(found => found !== undefined)
}

/** "Do you think I am a chatbot?" states nothing. */
function statedIn(text: string, am: RegExp): RegExpExecArray | undefined {
  const found = am.exec(text)
  if (!found) return undefined
  const rest = text.slice(found.index + found[0].length)
  return /^[^.!?…]*\?/.test(rest) ? undefined : found
}

function isTold(noun: string, told: readonly string[]): boolean {
  return told.some(text => spacedOut(text).includes(spacedOut(noun)))
}

/** The words with a blank on either side. */
function spacedOut(text: string): string {
  return ` ${foldText(text).replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')} `
}
