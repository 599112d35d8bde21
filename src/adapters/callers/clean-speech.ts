/** In characters. What people say in one turn is shorter. */
export const longestSpeech = 700

/**
 * Cleans up what a model wants to say until it reads as a person would have typed it: one line, with no role name in
 * front, no quotation marks around it, no stage directions, no markup and no tags. Only a suite's author writes tags
 * that act.
 */
export function cleanSpeech(text: string): string {
  let speech = text
  // Removing one layer can expose another.
  for (let before = ''; before !== speech;) {
    before = speech
    speech = shortened(unquoted(withoutMarkup(speech).replace(rolePrefix, '')))
  }
  return speech
}

const rolePrefix =
  /^[*_]{0,2}(?:the\s+)?(?:testing agent|caller|customer|user|patient|client|guest|me|my answer|response|reply)[*_]{0,2}\s*:[*_]{0,2}\s*/i
/**
 * `*sighs*`, `[pause]`, `(angrily)`: recognized by their first word, because other bracketed words can matter, such as
 * `*not*`, `[order 12]` or `(twice)`.
 */
const stageDirection =
  /[*[(](?:long |short )?(?:sigh|paus|laugh|chuckl|giggl|smil|clears? |hesitat|cough|groan|whisper|mutter|nervous|angr|frustrat|annoy|irritat|silence|beat\b|sob|shout|yell|nods?\b|shrug)[^*\])\d\n]{0,40}[*\])]/gi
const tag = /<\/?[a-z_][^<>]*>/gi
const emphasis = /(?<![\w*])(\*\*|\*|__|`)(?=\S)(.+?)(?<=\S)\1(?![\w*])/g

function withoutMarkup(text: string): string {
  const words = text.replaceAll(tag, ' ').replaceAll(stageDirection, ' ').replaceAll(emphasis, '$2')
  // An unfinished tag would become a tag as soon as later text closes it.
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

/** Cuts after the last sentence that fits, or else after the last word. */
function shortened(text: string): string {
  if (text.length <= longestSpeech) return text
  const head = text.slice(0, longestSpeech)
  const end = Math.max(...['. ', '! ', '? '].map(mark => head.lastIndexOf(mark))) + 1
  return head.slice(0, end > longestSpeech / 2 ? end : Math.max(head.lastIndexOf(' '), longestSpeech / 2)).trim()
}
