/** What people say in one turn is shorter than this, in letters. */
export const longestSpeech = 700

/**
 * What a model wants said, as a person would have typed it: on one line, without the name of a role in front, quotation
 * marks around it, stage directions, markup or tags (the tags that act in a suite's texts come from its author alone).
 */
export function cleanSpeech(text: string): string {
  let speech = text
  // What is taken off may have had something under it.
  for (let before = ''; before !== speech;) {
    before = speech
    speech = shortened(unquoted(withoutMarkup(speech).replace(rolePrefix, '')))
  }
  return speech
}

const rolePrefix =
  /^[*_]{0,2}(?:the\s+)?(?:testing agent|caller|customer|user|patient|client|guest|me|my answer|response|reply)[*_]{0,2}\s*:[*_]{0,2}\s*/i
/** `*sighs*`, `[pause]`, `(angrily)`: by how they begin, for what else stands so may matter: `*not*`, `[order 12]`, `(twice)`. */
const stageDirection =
  /[*[(](?:long |short )?(?:sigh|paus|laugh|chuckl|giggl|smil|clears? |hesitat|cough|groan|whisper|mutter|nervous|angr|frustrat|annoy|irritat|silence|beat\b|sob|shout|yell|nods?\b|shrug)[^*\])\d\n]{0,40}[*\])]/gi
const tag = /<\/?[a-z_][^<>]*>/gi
const emphasis = /(?<![\w*])(\*\*|\*|__|`)(?=\S)(.+?)(?<=\S)\1(?![\w*])/g

function withoutMarkup(text: string): string {
  const words = text.replaceAll(tag, ' ').replaceAll(stageDirection, ' ').replaceAll(emphasis, '$2')
  // What begins like a tag and never ends would be one as soon as somebody wrote the end.
  return (words.search(tag) === -1 ? words.replaceAll(/<(?=[/a-z_])/gi, '< ') : words).replace(/\s+/g, ' ').trim()
}

const quotationMarks = ['""', "''", '“”', '«»', '„“', '「」']

function unquoted(text: string): string {
  const inner = text.slice(1, -1)
  const isQuoted = quotationMarks.some(([open = '', close = '']) => {
    return text.length > 1 && text.startsWith(open) && text.endsWith(close) && !inner.includes(open) && !inner.includes(close)
  })
  return isQuoted ? inner : text
}

/** To the end of the last sentence that fits, or of the last word. */
function shortened(text: string): string {
  if (text.length <= longestSpeech) return text
  const head = text.slice(0, longestSpeech)
  const end = Math.max(...['. ', '! ', '? '].map(mark => head.lastIndexOf(mark))) + 1
  return head.slice(0, end > longestSpeech / 2 ? end : Math.max(head.lastIndexOf(' '), longestSpeech / 2)).trim()
}
