import { foldText } from './fold-text.js'

/** What people say who serve others, offers above all: patterns of folded text, in which a dotless i has a dot. */
const phrases = [
  'how (?:can|may) (?:i|we) (?:help|assist|serve) you(?! (?:understand|see))',
  'how (?:can|may) (?:i|we) be of (?:help|assistance|service)',
  'what can (?:i|we) do for you',
  '(?:anything|something) else (?:that )?(?:i|we) can (?:help|assist|do for) ?(?:you)?',
  "(?:i'd|i would|i'll|i will) be (?:happy|glad) to (?:help|assist) you",
  "(?:i've|i have) (?:just |now |already )?(?:refunded|issued|processed) (?:you|your)",
  '(?:wie|womit) (?:kann|darf) ich (?:ihnen|dir) (?:\\p{L}+ ){0,2}(?:helfen|behilflich|weiterhelfen)',
  'was kann ich (?:heute )?für (?:sie|dich) tun',
  'kann ich (?:ihnen|dir) (?:sonst )?noch (?:\\p{L}+ ){0,3}(?:helfen|behilflich|weiterhelfen)',
  "(?:comment|en quoi) (?:puis-je|je peux|pouvons-nous) (?:vous |t'|vous être )(?:\\p{L}+ )?(?:aider|utile|assister)",
  'autre chose (?:pour vous|que je puisse faire)',
  '(?:en qué|cómo) (?:le |te )?(?:puedo|podemos) (?:ayudar|servir|asistir)(?:le|te|los|les)?',
  'algo más en (?:lo )?que (?:le |te )?(?:pueda|puedo) ayudar(?:le|te)?',
  '(?:come|in che modo|in cosa) posso (?:aiutar|assister|esser)(?:\\p{L}*)',
  "(?:qualcos'altro|altro) (?:in cui|con cui|che) (?:posso|possa) (?:aiutar|fare)(?:\\p{L}*)",
  '(?:como|em que) posso (?:te |lhe |o |a )?(?:ajudar|ajudá-l[oa]|ser útil)',
  'mais alguma coisa em que (?:eu )?(?:possa|posso) ajudar',
  '(?:hoe|waarmee) kan ik (?:u|je|jou) (?:\\p{L}+ ){0,2}(?:helpen|van dienst)',
  'w czym mogę (?:\\p{L}+ )?pomóc',
  'jak mogę (?:ci|panu|pani|państwu) pomóc',
  '(?:чем|как) (?:я )?(?:могу|можем) (?:вам |тебе )?(?:помочь|быть полез\\p{L}*)',
  '(?:size|sana) nasil yardimci olabilirim',
]
const spaced = new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrases.join('|')})(?![\\p{L}\\p{N}])`, 'u')
const unspaced =
  /有什[么麼](?:我)?(?:可以|能)?(?:帮|幫)(?:助)?(?:到)?(?:您|你)|(?:どのような|どういった)ご用件|何かお手伝い|お手伝いできることは/u

/** Finds words by which an agent offers its services, or says what it has done: "How can I help you today?" @returns The words, folded. */
export function serviceWordsIn(words: string): string | undefined {
  const text = foldText(words)
  return (spaced.exec(text) ?? unspaced.exec(text))?.[0]
}
