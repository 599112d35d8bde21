// What all the test agents say. The caller's words choose: "/tool", "/several" ...; anything else is echoed.

/** Text that breaks careless readers and writers: control characters, lone surrogates, markup, escapes, bidi. */
export const hostile = '\u0000\u0001\u001b[31m \ud800 \udfff \ufffe ]]> <!-- & "\\u0000\' \u202e {{message}} ${HOME} \u2028'

/** 10 MB of text. */
export const huge = 'x'.repeat(10_000_000)

/**
 * @typedef {{ say: string[], tools?: Tool[], metadata?: object, end?: boolean }} Reply
 * @typedef {{ id: string, name: string, arguments: unknown, result?: unknown }} Tool
 */

/**
 * @param {string} words  What the caller said.
 * @param {number} turn  How often it has spoken in this conversation, from 1.
 * @returns {Reply}
 */
export function replyTo(words, turn) {
  switch (words) {
    case '/several':
      return { say: ['One.', 'Two.', 'Three.'] }
    case '/tool':
      return {
        say: ['Booked.'],
        tools: [{ id: 't1', name: 'book', arguments: { at: '10:00', who: { id: 7 } }, result: { ok: true } }],
      }
    case '/tool-only':
      return { say: [], tools: [{ id: 't2', name: 'look_up', arguments: { q: 'x' } }] }
    case '/metadata':
      return { say: ['Noted.'], metadata: { case: 12, tags: ['a'] } }
    case '/turn':
      return { say: [`This is turn ${turn}.`] }
    case '/end':
      return { say: ['Goodbye.'], end: true }
    case '/end-silently':
      return { say: [], end: true }
    case '/hostile':
      return { say: [hostile] }
    case '/empty':
      return { say: [''] }
    case '/too-large':
      return { say: [huge] }
    default:
      return { say: [`You said: ${words}`] }
  }
}
