// How the stand-in model plays callers, tells conditions, and audits: by the simplest rules that hold a conversation.

/** @typedef {{ messages: readonly { role: string, content: string }[], response_format?: any }} Body */

export const rules = {
  caller_move: move,
  caller_conditions: conditions,
  caller_words: words,
  caller_audit: () => ({ findings: [] }),
}

/**
 * Opens with what it wants, gives what it is asked for and knows, and hangs up when the agent says that it is done or cannot
 * be. @param {Body} body
 */
function move({ messages }) {
  const system = textOf(messages[0])
  // What a caller can do depends on its channel and its instructions.
  const go = (/** @type {string} */ say, /** @type {Record<string, unknown>} */ more = {}) => ({
    say,
    next: 'reply',
    ...(system.includes('"digits":') && { digits: '' }),
    ...(system.includes('"hold_s":') && { hold_s: 0 }),
    ...more,
  })
  const mayWait = system.includes('"wait"')
  const heard = heardIn(textOf(messages.at(-1)))
  const isOpening = !messages.some(({ role }) => role === 'assistant')
  if (isOpening) return go(wish(system))
  if (/\b(ignore|reveal|instructions|system prompt)\b/i.test(heard)) return go('I only want to talk about my own matter.')
  if (/\b(cannot|can't|unable|impossible)\b/i.test(heard)) return go('That is a pity. Goodbye.', { next: 'end_call' })
  if (/\b(press|pound key)\b/i.test(heard) && system.includes('"dtmf"')) return go('', { next: 'dtmf', digits: '1#' })
  const fact = factAskedFor(system, heard)
  if (fact !== undefined) return go(`It is ${fact}.`)
  if (/\b(done|refunded|cancelled|booked|moved|confirmed|opened)\b/i.test(heard)) return go('Thank you, goodbye.', { next: 'end_call' })
  if (/\bmoment\b/i.test(heard) && mayWait) return go('', { next: 'wait' })
  return go(heard.includes('?') ? 'I do not have that.' : 'Yes, please go on.')
}

/** A condition holds if the agent says one of its longer words. @param {Body} body */
function conditions({ messages }) {
  const question = textOf(messages.at(-1))
  const said = /since the caller spoke last: (".*")$/m.exec(question)?.[1] ?? '""'
  const heard = JSON.parse(said).toLowerCase()
  return byNumber(question, condition => tellingWords(condition).some(word => heard.includes(word)))
}

/** @param {string} condition */
function tellingWords(condition) {
  const long = condition.toLowerCase().match(/\p{L}{4,}/gu) ?? []
  return long.filter(word => !/^(agent|asks?|says?|tells?|that|your|caller|whether|about)$/.test(word))
}

/** What it is told to say, said of itself: `Give your name` becomes what it knows by that name. @param {Body} body */
function words({ messages }) {
  const system = textOf(messages[0])
  const asked = textOf(messages.at(-1))
  return byNumber(asked, task => {
    const fact = factAskedFor(system, task)
    return fact === undefined
      ? `Well, ${task
          .replaceAll(/\byour\b/gi, 'my')
          .replaceAll(/\byou\b/gi, 'I')
          .toLowerCase()}`
      : `It is ${fact}.`
  })
}

/** @param {string} question @param {(item: string) => unknown} answer */
function byNumber(question, answer) {
  const items = [...question.matchAll(/^(\d+)\. (.*)$/gm)]
  return Object.fromEntries(items.map(([, nth, item = '']) => [nth, answer(item)]))
}

/** `You want a refund.` becomes `I want a refund.` @param {string} system */
function wish(system) {
  const told = /## What you are told\n\n([^]*?)(?=\n\n## |$)/.exec(system)?.[1] ?? ''
  const wanted = /\byou (want|need|would like|were|have been)\b([^.!?\n]*)/i.exec(told)
  if (!wanted) return 'Hello, I need your help.'
  const verb = { 'were': 'was', 'have been': 'have been' }[wanted[1]?.toLowerCase() ?? ''] ?? wanted[1]
  return `Hello, I ${verb}${(wanted[2] ?? '').replaceAll(/\byour\b/g, 'my')}.`
}

const synonyms = /** @type {Record<string, RegExp>} */ ({
  name: /\bname|who (are|is)\b/i,
  dob: /\bbirth|born\b/i,
  phone: /\bphone|number to reach\b/i,
  email: /\be-?mail\b/i,
  order: /\border\b/i,
})

/** The value of the first fact that is asked for by its name. @param {string} system @param {string} heard */
function factAskedFor(system, heard) {
  const known = /## What you know\n\n([^]*?)(?=\n\n## |$)/.exec(system)?.[1] ?? ''
  const facts = [...known.matchAll(/^- ([^:]+): (.*)$/gm)]
  const isAsked = (/** @type {string} */ name) => (synonyms[name] ?? new RegExp(`\\b${name.replaceAll(/\W|_/g, '.')}\\b`, 'i')).test(heard)
  return facts.find(([, name = '']) => isAsked(name))?.[2]
}

/** What the agent has said last. @param {string} question */
function heardIn(question) {
  return [...question.matchAll(/^The agent says: (".*")$/gm)].map(([, said = '""']) => JSON.parse(said)).join(' ')
}

/** @param {{ content: string } | undefined} message */
function textOf(message) {
  return message?.content ?? ''
}
