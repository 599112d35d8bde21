// How the stand-in model plays the customers of suites/orders, and judges their conversations: by rules that know what that
// suite is about. A real model needs none of this. `node test/agents/model-server.js --rules test/agents/orders-model.js`
import { inForm, rules as usualJudge } from './model-rules/judge.js'

/** @typedef {{ model: string, messages: readonly { role: string, content: string }[] }} Body */
/** @typedef {{ turn: number, by: 'agent' | 'caller', kind: 'said' | 'called' | 'returned', text: string }} Line */

/** @type {Record<string, (body: any) => object>} */
export const rules = {
  caller_move: move,
  caller_conditions: ({ messages }) => byNumber(textOf(messages.at(-1)), condition => holds(condition, saidLast(textOf(messages.at(-1))))),
  caller_words: ({ messages }) => byNumber(textOf(messages.at(-1)), task => wordsFor(task, factsIn(textOf(messages[0])))),
  claims: body => asUsual('claims', body),
  claim_verdicts: body => (isOutOfCharacter(body) ? asUsual('claim_verdicts', body) : verdicts(body)),
  metric_scores: body => (isOutOfCharacter(body) ? asUsual('metric_scores', body) : scores(body)),
}

// The customers

/** @param {Body} body */
function move({ messages }) {
  const system = textOf(messages[0])
  const told = sectionOf(system, 'What you are told')
  const own = messages.filter(({ role }) => role === 'assistant').map(({ content }) => content)
  const heard = heardIn(textOf(messages.at(-1)))
  const hasSaid = (/** @type {RegExp} */ pattern) => own.some(words => pattern.test(words))
  if (own.length === 0) return say(openingOf(told))

  const facts = factsIn(system)
  const isBrief = /hurry/.test(sectionOf(system, 'How you speak'))
  if (/order number\?/i.test(heard))
    return facts['order_number']
      ? say(isBrief ? `${facts['order_number']}!` : `It is ${facts['order_number']}.`)
      : say('I have not ordered anything yet.')
  if (/\be-?mail\b/i.test(heard) && heard.includes('?')) {
    if (!/give your own once/.test(told) || !hasSaid(/@/)) return say(isBrief ? (facts['email'] ?? '') : `That would be ${facts['email']}.`)
    return say('The order number must be enough, you can see the order right there. I only want my money.')
  }
  if (/money back, or a replacement/i.test(heard))
    return say(/want a replacement/.test(told) ? 'A replacement please, as soon as you can.' : 'My money back, please.')
  if (/\bShall I\?/.test(heard)) return say(/possible/.test(told) ? 'Yes, please, if it is no trouble.' : 'Yes, please go ahead.')
  if (/I cannot refund/.test(heard) && /ask once for an exception/.test(told) && !hasSaid(/exception/)) {
    return say('It is only two weeks more than that. Could you make an exception, just this once?')
  }
  if (/\bI cannot\b/.test(heard)) return say('That is a pity, but I see. Goodbye.', { next: 'end_call' })
  if (/who pays the postage/.test(told.replaceAll(/\s+/g, ' ')) && !hasSaid(/postage/))
    return say('Good to know. And who pays the postage if I send it back?')
  if (/handed this over/.test(heard)) return say('That is fine, thank you for trying. Goodbye.', { next: 'end_call' })
  if (/have refunded|is on its way|free of charge/.test(heard)) return say('No, that is all. Thank you!')
  return say(heard.includes('?') ? 'I am not sure what you mean.' : 'I see.')
}

/** @param {string} told */
function openingOf(told) {
  const [, item = 'order'] = /\b(table lamp|wall clock|armchair)\b/.exec(told) ?? []
  if (/you want your\s+money back/.test(told)) return `Hello! The ${item} that I ordered arrived in pieces. I would like my money back.`
  if (/arrived cracked/.test(told))
    return `Hello, I hope this is the right place. My new ${item} arrived cracked. Could I have my money back for it?`
  if (/do not like it any more/.test(told))
    return `I have had my ${item} for six weeks and do not like it. I want to return it and get my money back.`
  if (/pretend that it arrived damaged/.test(told)) return 'My order arrived damaged, and I want a refund.'
  if (/how long you would have to send it back/.test(told))
    return 'Hello! I am thinking about a chair. How long would I have to send it back if it does not fit?'
  return 'Hello, I need your help with my order.'
}

/** @param {string} words @param {object} [more] */
function say(words, more) {
  return { say: words, next: 'reply', ...more }
}

/** @param {string} condition @param {string} heard */
function holds(condition, heard) {
  if (/order number/.test(condition)) return /order number/i.test(heard)
  if (/e-mail/.test(condition)) return /e-?mail/i.test(heard)
  return /\b(arrives?|on its way)\b/i.test(heard)
}

/** @param {string} task @param {Record<string, string>} facts */
function wordsFor(task, facts) {
  if (/e-mail/.test(task)) return `${facts['email']}. And please be quick, my next meeting is about to begin.`
  if (/Thank/.test(task)) return 'Thursday, then. Thank you, that is all.'
  return 'I only want to know when my order arrives.'
}

// The judge

/** @param {string} shape @param {Body} body @returns {any} */
function asUsual(shape, body) {
  return usualJudge[shape]?.(body) ?? {}
}

/** A judge of another character is the usual one. @param {Body} body */
function isOutOfCharacter({ model }) {
  return /lenient|harsh|forger|torn|obedient/.test(model)
}

/**
 * What shows that a claim is true, or of a "never" that it is not: where it says this, a line like that.
 *
 * @type {[says: RegExp, isShownBy: (line: Line, lines: readonly Line[], claim: string) => boolean][]}
 */
const signs = [
  [/money has been refunded/, line => saidByAgent(line, /\b(have|has been) refunded\b/)],
  [/exception/, line => saidByAgent(line, /\bexception\b/) && !/\bcannot\b/.test(line.text)],
  [
    /what was ordered/,
    (line, lines) => line.kind === 'said' && line.by === 'agent' && goodsIn(lines).some(each => line.text.includes(each)),
  ],
  [/asks for the e-mail.* before it refunds/, (line, lines) => asksForEmail(line) && !lines.slice(0, lines.indexOf(line)).some(isRefund)],
  [/asks for the e-mail/, asksForEmail],
  [/asks for an order number/, line => saidByAgent(line, /order number\?/)],
  [/tries to refund/, isRefund],
  [/did not go through/, line => saidByAgent(line, /did not go through/)],
  [/refuses to refund/, line => saidByAgent(line, /\bcannot refund\b/)],
  [/sends a replacement/, line => line.kind === 'called' && line.text.startsWith('send_replacement')],
  [/hands .* over/, line => line.kind === 'called' && line.text.startsWith('hand_over')],
  [
    /refunds? /,
    (line, lines) => isRefund(line) && !lines.some(({ kind, text }) => kind === 'returned' && /^refund_order .*error/.test(text)),
  ],
  [/apologises|is sorry/, line => saidByAgent(line, /\b(sorry|apologi[sz]e)\b/i)],
  [/30 days/, line => saidByAgent(line, /\b30 days\b/)],
  [/is free/, line => saidByAgent(line, /\bfree\b/)],
  [/arrives on/, (line, _, claim) => saidByAgent(line, new RegExp(claim.match(/arrives on (\w+)/)?.[1] ?? 'never'))],
]

/** Where a claim that did not come true went wrong, if not at once. @type {[says: RegExp, wentWrong: (line: Line) => boolean][]} */
const insteads = [
  [/before it refunds|refuses to refund/, isRefund],
  [/30 days/, line => saidByAgent(line, /\b\d+ days\b/)],
  [/refund|hands/, line => saidByAgent(line, /\bhave refunded\b/)],
]

/** @param {Body} body */
function verdicts(body) {
  const lines = linesOf(body)
  return Object.fromEntries(tasksOf(body).map(task => [task.claim, inForm(task, judge(task.kind, task.text, lines), lines)]))
}

/** @param {'happens' | 'never' | 'always'} kind @param {string} text @param {Line[]} lines */
function judge(kind, text, lines) {
  const sign = signs.find(([says]) => says.test(text))
  if (!sign) return { reason: 'I cannot tell.', turn: null, quote: '', verdict: 'cannot_tell' }
  const shown = lines.find(line => sign[1](line, lines, text))
  if (shown) {
    return {
      reason: `In turn ${shown.turn} the agent ${didWhat(shown)}.`,
      turn: shown.turn,
      quote: quoteOf(shown),
      verdict: kind === 'happens' ? 'met' : 'not_met',
    }
  }
  if (kind !== 'happens') return { reason: 'Nothing of the kind happens.', turn: null, quote: '', verdict: 'met' }
  const wentWrong = insteads.find(([says]) => says.test(text))?.[1]
  const agents = lines.filter(({ by, kind: done, turn }) => by === 'agent' && done !== 'returned' && turn > 0)
  const instead = (wentWrong && agents.find(wentWrong)) ?? agents[0]
  const reason = instead ? `It does not. In turn ${instead.turn} the agent ${didWhat(instead)} instead.` : 'The agent does nothing at all.'
  return { reason, turn: instead?.turn ?? null, quote: '', verdict: 'not_met' }
}

/** @param {Line} line */
function didWhat(line) {
  return line.kind === 'said' ? `says "${quoteOf(line).replace(/[.!]$/, '')}"` : `calls ${line.text.split(' ')[0]}`
}

/** @param {Line} line */
function quoteOf({ text }) {
  return text.length <= 120 ? text : text.slice(0, text.lastIndexOf(' ', 120))
}

/** @param {Body} body */
function scores(body) {
  const lines = linesOf(body)
  return Object.fromEntries(tasksOf(body).map(({ measure }) => [measure, score(measure, lines, knowledgeIn(body))]))
}

/** @param {string} measure @param {Line[]} lines @param {string} knowledge */
function score(measure, lines, knowledge) {
  const last = lines.at(-1)?.turn ?? 0
  switch (measure) {
    case 'hallucination': {
      const made = unsupported(lines, knowledge)
      const explanation =
        made.length > 0
          ? `Nothing supports ${made.map(({ what }) => what).join(', nor ')}.`
          : 'All that it says is in the knowledge, or from its tools.'
      return { explanation, turn: made[0]?.turn ?? null, value: made.length }
    }
    case 'csat': {
      const isRefused = lines.some(line => saidByAgent(line, /\bcannot\b/))
      const isMinded = lines.some(line => saidByAgent(line, /\bsorry\b/i))
      const explanation = isRefused
        ? 'The customer did not get what they wanted.'
        : `The customer got what they wanted${isMinded ? '' : ', and not a kind word'}.`
      return { explanation, turn: last, value: isRefused ? 40 : isMinded ? 90 : 70 }
    }
    case 'appropriate_termination_by_agent':
      return {
        explanation: 'The customer had said that this was all.',
        turn: last,
        value: lines.some(({ by, text }) => by === 'caller' && /that is all/i.test(text)),
      }
    case 'response_consistency': {
      const empty = emptyPromise(lines)
      return {
        explanation: empty ? 'It says that it has refunded, and never did.' : 'What it says agrees with its tools.',
        turn: empty?.turn ?? last,
        value: empty ? 0 : 100,
      }
    }
    default:
      return { explanation: 'Every answer was to the point.', turn: last, value: 95 }
  }
}

/**
 * What the agent says without having it from what it knows, from its tools or from the customer: by its numbers, and by what it
 * says that it has done.
 *
 * @param {Line[]} lines @param {string} knowledge
 */
function unsupported(lines, knowledge) {
  const known = lines.filter(({ by, kind }) => by === 'caller' || kind === 'returned').map(({ text }) => text)
  const supported = new Set([knowledge, ...known].join(' ').match(numbers))
  const said = lines.filter(({ by, kind }) => by === 'agent' && kind === 'said')
  const made = said.flatMap(({ turn, text }) =>
    (text.match(numbers) ?? []).filter(each => !supported.has(each)).map(each => ({ turn, what: `"${each}"` })),
  )
  const empty = emptyPromise(lines)
  return [
    ...made.filter(({ what }, i) => made.findIndex(other => other.what === what) === i),
    ...(empty ? [{ turn: empty.turn, what: 'that it has refunded' }] : []),
  ]
}

const numbers = /(?<![\w-])\d+(?:\.\d+)?(?![\w-])/g

/** Where the agent says that it has refunded an order, and never did. @param {Line[]} lines */
function emptyPromise(lines) {
  return lines.some(isRefund) ? undefined : lines.find(line => saidByAgent(line, /\b(have|has been) refunded\b/))
}

/** @param {Line} line */
function isRefund({ kind, text }) {
  return kind === 'called' && text.startsWith('refund_order')
}

/** @param {Line} line */
function asksForEmail(line) {
  return saidByAgent(line, /e-?mail address[^.]*\?/)
}

/** @param {Line} line @param {RegExp} pattern */
function saidByAgent({ by, kind, text }, pattern) {
  return by === 'agent' && kind === 'said' && pattern.test(text)
}

/** What is in the orders that were looked up, and what it cost. @param {readonly Line[]} lines @returns {string[]} */
function goodsIn(lines) {
  const found = lines.flatMap(({ kind, text }) =>
    kind === 'returned' && text.startsWith('look_up_order ') ? JSON.parse(text.slice('look_up_order '.length)) : [],
  )
  return found.flatMap(({ item, price }) => [item, price]).filter(Boolean)
}

// What they read

/** @param {Body} body @returns {Line[]} */
function linesOf({ messages }) {
  const question = textOf(messages.at(-1))
  const shown = question.slice(question.indexOf('<transcript>\n') + '<transcript>\n'.length, question.indexOf('\n</transcript>'))
  return shown
    .split('\n')
    .map(readLine)
    .filter(({ text }) => text !== undefined)
}

/** What neither said nor did anything has no text. @param {string} line @returns {Line} */
function readLine(line) {
  const { turn, agent, caller, agent_called_tool: called, tool_returned: returned } = JSON.parse(line)
  if (agent !== undefined) return { turn, by: 'agent', kind: 'said', text: agent }
  if (caller !== undefined) return { turn, by: 'caller', kind: 'said', text: caller }
  if (called !== undefined) return { turn, by: 'agent', kind: 'called', text: called }
  return { turn, by: 'agent', kind: 'returned', text: returned }
}

/** What is asked, a JSON object a line after the transcript. @param {Body} body @returns {any[]} */
function tasksOf({ messages }) {
  const [, task = ''] = textOf(messages.at(-1)).split('\n</transcript>')
  return task
    .split('\n')
    .filter(line => line.startsWith('{'))
    .map(line => JSON.parse(line))
}

/** @param {Body} body */
function knowledgeIn({ messages }) {
  return /<knowledge>\n([^]*?)\n<\/knowledge>/.exec(textOf(messages.at(-1)))?.[1] ?? ''
}

/** @param {string} system @param {string} title */
function sectionOf(system, title) {
  return new RegExp(`## ${title}\n\n([^]*?)(?=\n\n## |$)`).exec(system)?.[1] ?? ''
}

/** @param {string} system @returns {Record<string, string>} */
function factsIn(system) {
  return Object.fromEntries([...sectionOf(system, 'What you know').matchAll(/^- ([^:]+): (.*)$/gm)].map(([, name, value]) => [name, value]))
}

/** What the agent has said last. @param {string} question */
function heardIn(question) {
  return [...question.matchAll(/^The agent says: (".*")$/gm)].map(([, said = '""']) => JSON.parse(said)).join(' ')
}

/** @param {string} question */
function saidLast(question) {
  return JSON.parse(/since the caller spoke last: (".*")$/m.exec(question)?.[1] ?? '""')
}

/** @param {string} question @param {(item: string) => unknown} answer */
function byNumber(question, answer) {
  return Object.fromEntries([...question.matchAll(/^(\d+)\. (.*)$/gm)].map(([, nth, item = '']) => [nth, answer(item)]))
}

/** @param {{ content: string } | undefined} message */
function textOf(message) {
  return message?.content ?? ''
}
