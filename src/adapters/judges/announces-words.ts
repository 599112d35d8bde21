import { foldText } from '../../domain/fold-text.js'

/**
 * Whether a sentence announces words, as `The agent says the following` does. What follows it may be what is to be said, and no
 * demand of its own.
 *
 * @param sentence  Without the mark at its end.
 */
export function announcesWords(sentence: string): boolean {
  const folded = foldText(sentence)
  return anywhere.test(folded) || atEnd.test(folded)
}

const anywhere =
  /(?<![\p{L}\p{N}'-])(?:following|follows|below|verbatim|word for word|wörtlich|folgend\p{L}*|folgt|siguientes?|suivante?s?|seguent[ei]|seguintes?|volgende)(?![\p{L}\p{N}'-])/u

const saying = 'says?|states?|reads?|announces?|explains?|answers?|replies|sagt|erklärt|dice|explica|dit|explique|spiega|diz|zegt'
const pointing = 'this|these|thus|so|next|dies|dieses|das|esto|eso|así|ceci|cela|ça|questo|così|isto|isso|assim|dat|zo'
const count = String.raw`one|two|three|four|five|these|some|certain|exact|\p{N}+`
const said = 'things?|words?|sentences?|phrases?|statements?|facts?|points?|rules?|lines?'

const atEnd = new RegExp(
  String.raw`(?<![\p{L}\p{N}'-])(?:${pointing}|(?:${count}) (?:${said})|(?:${saying})(?: that| (?:to )?the (?:caller|customer|user))?)$`,
  'u',
)
