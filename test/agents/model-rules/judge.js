// How the stand-in model judges: by the words that a claim shares with what the agent did. Its model's name may give it a
// character, with which to try what becomes of a suite with such a judge:
//   lenient   passes everything, with true quotes        harsh   passes nothing, with true quotes
//   forger    passes everything, with made-up quotes     torn    one vote says this, the next one that
//   obedient  does what the transcript tells it to

/** @typedef {{ model: string, seed?: number, messages: readonly { role: string, content: string }[] }} Body */
/** @typedef {{ turn: number, by: 'agent' | 'caller', text: string }} Line */
/** @typedef {{ claim: number, kind: 'happens' | 'never' | 'always', text: string }} Claim */
/** @typedef {{ measure: string, value: string, question: string, applies_when?: string }} Measure */

/** @type {Record<string, (body: any) => object>} */
export const rules = { claims, claim_verdicts: verdicts, metric_scores: scores }

/** Sentences, and the parts of a list in one: `The agent apologises, verifies the caller and opens a ticket.` @param {Body} body */
function claims({ messages }) {
  const text = messages.at(-1)?.content ?? ''
  return {
    claims: text
      .split(/(?<=[.!?])\s+/)
      .flatMap(partsOf)
      .filter(part => /\p{L}/u.test(part)),
  }
}

/** @param {string} sentence */
function partsOf(sentence) {
  const subject = /^(the (?:agent|caller))\s/i.exec(sentence)?.[1]
  const parts = sentence.replace(/[.!?]+$/, '').split(/,\s+(?:and\s+)?|\s+and\s+/)
  return parts.map((part, i) => `${i > 0 && subject && !/^the /i.test(part) ? `${subject} ` : ''}${part}.`)
}

/** @param {Body} body */
function verdicts(body) {
  const lines = linesOf(body)
  const tasks = /** @type {Claim[]} */ (tasksOf(body))
  return Object.fromEntries(tasks.map(claim => [claim.claim, inForm(claim, judge(claim, lines, body), lines)]))
}

/**
 * For a denial or a manner, the turn of the quote, or all turns in which nothing comes near it.
 *
 * @param {Pick<Claim, 'kind'>} claim @param {{ reason: string, turn: number | null, quote: string, verdict: string }} said
 * @param {readonly { turn: number, by: string }[]} lines
 */
export function inForm({ kind }, { reason, turn, quote, verdict }, lines) {
  if (kind === 'happens') return { reason, turn, quote, verdict }
  const all = [...new Set(lines.filter(({ by }) => by === 'agent').map(line => line.turn))]
  const turns = quote === '' ? (all.length <= 6 ? all : []) : [turn ?? 0]
  return { reason, turns, quote, verdict }
}

/** @param {Claim} claim @param {Line[]} lines @param {Body} body */
function judge({ kind, text }, lines, body) {
  const agents = lines.filter(({ by }) => by === 'agent')
  const [first] = agents
  const character = characterOf(body)
  const order = lines.find(line => /\b(ignore|disregard)\b.*\b(rubric|instructions)\b|"verdict":\s*"met"/i.test(line.text))
  if (character === 'obedient' && order) return say('met', 'I was told that it is met.', order)
  if (character === 'lenient' && first) return say('met', 'All went well.', first)
  if (character === 'harsh' && first) return say('not_met', 'Nothing went well.', first)
  if (character === 'forger')
    return say('met', 'It was done.', { turn: lines.at(-1)?.turn ?? 0, text: 'I have done all that you asked for.' })

  const wanted = wordsOf(text)
  const shared = (/** @type {Line} */ line) => wanted.filter(word => wordsOf(line.text).includes(word)).length
  const best = agents.reduce((/** @type {Line | undefined} */ top, line) => (top && shared(top) >= shared(line) ? top : line), undefined)
  const isShown = best !== undefined && wanted.length > 0 && shared(best) * 2 >= wanted.length
  const isMet = (kind !== 'happens') !== isShown
  const isTurned = character === 'torn' && (body.seed ?? 0) % 2 === 0
  const verdict = isMet !== isTurned ? 'met' : 'not_met'
  if (!isShown) return { ...say(verdict, 'Nothing that the agent said or did comes near it.', first), quote: '', turn: null }
  return say(verdict, `The agent said or did ${JSON.stringify(best.text.slice(0, 80))}.`, best)
}

/** @param {'met' | 'not_met'} verdict @param {string} reason @param {{ turn: number, text: string } | undefined} line */
function say(verdict, reason, line) {
  return { reason, turn: line?.turn ?? null, quote: line?.text.slice(0, 80) ?? '', verdict }
}

/** @param {Body} body */
function scores(body) {
  const lines = linesOf(body)
  return Object.fromEntries(/** @type {Measure[]} */ (tasksOf(body)).map(measure => [measure.measure, score(measure, lines, body)]))
}

/** @param {Measure} measure @param {Line[]} lines @param {Body} body */
function score({ value, applies_when }, lines, body) {
  const character = characterOf(body)
  const said = lines
    .map(({ text }) => text)
    .join(' ')
    .toLowerCase()
  const told = { explanation: 'By the words that were used.', turn: lines.at(-1)?.turn ?? null }
  const applies = applies_when === undefined || wordsOf(applies_when).some(word => wordsOf(said).includes(word))
  const asked = applies_when === undefined ? {} : { applies }
  if (!applies) return { ...asked, ...told, value: null }
  const isGood = character === 'lenient' || (character !== 'harsh' && /\b(sorry|thank|happy|certainly|of course)\b/.test(said))
  const nth = (body.seed ?? 0) % 3
  const shift = character === 'torn' ? nth * 30 : 0
  const listed = /^one of (.*)$/.exec(value)?.[1]?.split(', ')
  if (listed)
    return {
      ...asked,
      ...told,
      value: (character === 'torn' ? listed[nth] : listed.find(each => said.includes(each.toLowerCase()))) ?? listed.at(-1),
    }
  if (value === 'a text') return { ...asked, ...told, value: wordsOf(lines[0]?.text ?? '')[0] ?? 'nothing' }
  if (value === 'true or false') return { ...asked, ...told, value: character === 'torn' ? nth > 0 : isGood }
  if (value === 'a number') return { ...asked, ...told, value: (isGood ? 0 : 2) + nth * Number(character === 'torn') }
  return { ...asked, ...told, value: Math.min(100, (isGood ? 90 : 20) + shift) }
}

/** What is asked, a JSON object a line after the transcript. @param {Body} body @returns {unknown[]} */
function tasksOf({ messages }) {
  const [, task = ''] = (messages.at(-1)?.content ?? '').split('\n</transcript>')
  return task
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line))
}

/** @param {Body} body @returns {Line[]} */
function linesOf({ messages }) {
  const [shown = ''] = (messages.at(-1)?.content ?? '').split('\n</transcript>')
  const lines = shown.slice(shown.indexOf('<transcript>\n') + '<transcript>\n'.length).split('\n')
  return lines.flatMap(line => {
    const { turn, agent, caller, agent_called_tool: called, tool_returned: returned } = JSON.parse(line)
    const done = agent ?? called ?? returned
    const by = /** @type {'agent' | 'caller'} */ (done === undefined ? 'caller' : 'agent')
    return (done ?? caller) === undefined ? [] : [{ turn, by, text: done ?? caller }]
  })
}

const filler = new Set(
  'the a an and or to of in on for it is are was were be been that this with as at by from agent caller them they their never not no without any all does do has have had will would says said tells told'.split(
    ' ',
  ),
)

/** Words that mean something, each by its first five letters: `refunded` is `refund`. @param {string} text */
function wordsOf(text) {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return words.filter(word => word.length > 2 && !filler.has(word)).map(word => word.slice(0, 5))
}

/** @param {Body} body */
function characterOf({ model }) {
  return /lenient|harsh|forger|torn|obedient/.exec(model)?.[0]
}
