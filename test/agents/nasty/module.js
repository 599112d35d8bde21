// Nasty agents that are functions, by the names of their exports, and the right outcome for each.
import { writeSync } from 'node:fs'

const agentError = 'agent_error'
const passed = 'passed'

/** @param {number} levels */
function deep(levels) {
  /** @type {unknown} */
  let value = 1
  for (let i = 0; i < levels; i += 1) value = i % 2 ? [value] : { a: value }
  return value
}
/** @param {unknown} message */
const post = message => {
  // That way is not the agent's to use.
  const line = Buffer.from(`${JSON.stringify(message, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))}\n`)
  for (let at = 0; at < line.length;) at += writeSome(line.subarray(at))
}
/** @param {Uint8Array} bytes */
const writeSome = bytes => {
  try {
    return writeSync(3, bytes)
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EAGAIN') return 0
    throw error
  }
}
/** @param {(...args: any[]) => unknown} agent @param {string | readonly string[]} [right] */
const nasty = (agent, right = agentError) => Object.assign(agent, { right })
const circular = {}
circular.self = circular

export const moduleBehaviours = {
  fine: nasty(() => 'I am fine.', passed),
  listOfTexts: nasty(() => ({ content: ['I am fine.', 'Really.'] }), passed),
  late: nasty(() => new Promise(resolve => setTimeout(resolve, 100, 'I am fine.')), passed),
  prints: nasty(() => (console.log('x'.repeat(100_000)), console.error('y'.repeat(100_000)), 'I am fine.'), passed),
  prototypeKeys: nasty(() => ({ content: 'I am fine.', metadata: JSON.parse('{"__proto__":{"a":1},"constructor":2}') }), passed),
  nullCharacters: nasty(() => 'I am fine.\0\ud800', passed),
  nothing: nasty(() => undefined),
  nullReply: nasty(() => null),
  number: nasty(() => 7),
  list: nasty(() => ['I am fine.']),
  bigint: nasty(() => 7n),
  bigintInside: nasty(() => ({ content: 'I am fine.', metadata: { n: 7n } })),
  symbol: nasty(() => Symbol('x')),
  func: nasty(() => () => 'I am fine.'),
  funcInside: nasty(() => ({ content: 'I am fine.', metadata: { f() {} } })),
  emptyText: nasty(() => ''),
  emptyObject: nasty(() => ({})),
  contentNumber: nasty(() => ({ content: 7 })),
  throwsError: nasty(() => {
    throw new Error('I am lost')
  }),
  throwsNull: nasty(() => {
    throw null
  }),
  throwsOdd: nasty(() => {
    throw {
      get message() {
        throw new Error('again')
      },
      toString() {
        throw new Error('and again')
      },
    }
  }),
  throwsProxy: nasty(() => {
    throw new Proxy(new Error('x'), {
      get() {
        throw new Error('trap')
      },
    })
  }),
  rejects: nasty(() => Promise.reject(new Error('I am lost'))),
  thenable: nasty(() => ({
    // oxlint-disable-next-line unicorn/no-thenable -- that is what is tried
    then() {
      throw new Error('then')
    },
  })),
  getterThrows: nasty(() => ({
    get content() {
      throw new Error('get')
    },
  })),
  proxy: nasty(() => new Proxy({}, { get: () => 'x', ownKeys: () => ['content'] })),
  circular: nasty(() => ({ content: 'I am fine.', metadata: circular })),
  exits: nasty(() => process.exit(3)),
  exitsWell: nasty(() => process.exit(0)),
  uncaught: nasty(
    () =>
      new Promise(() =>
        setTimeout(() => {
          throw new Error('later')
        }),
      ),
  ),
  unhandled: nasty(() => new Promise(() => void Promise.reject(new Error('nobody cares')))),
  overflows: nasty(() => {
    /** @returns {number} */
    const again = () => again() + again()
    return again()
  }),
  blocks: nasty(() => {
    for (;;);
  }),
  silent: nasty(() => new Promise(() => {})),
  postsNull: nasty(() => (post(null), new Promise(() => {}))),
  postsNothing: nasty(() => (post(undefined), new Promise(() => {}))),
  postsText: nasty(() => (post('hello'), new Promise(() => {}))),
  postsHalf: nasty(() => (post({ type: 'answered' }), new Promise(() => {}))),
  postsHalfReply: nasty(() => (post({ type: 'answered', id: 1 }), new Promise(() => {}))),
  postsOddType: nasty(() => (post({ type: '__proto__', id: 1 }), new Promise(() => {}))),
  postsThrewNothing: nasty(() => (post({ type: 'threw', id: 1 }), new Promise(() => {}))),
  postsDeep: nasty(() => (post({ type: 'answered', id: 1, reply: { words: 'I am fine.', metadata: deep(3_000) } }), new Promise(() => {}))),
  postsBigint: nasty(
    () => (post({ type: 'answered', id: 1, reply: { words: 'I am fine.', metadata: { n: 7n }, ended: false } }), new Promise(() => {})),
  ),
  postsFlood: nasty(() => {
    for (let i = 0; i < 100_000; i += 1) post(null)
    return new Promise(() => {})
  }),
  postsTwoHundredMebibytes: nasty(() => (post('x'.repeat(200 << 20)), new Promise(() => {}))),
  postsUnloadable: nasty(() => (post({ type: 'unloadable', message: 'no' }), new Promise(() => {})), [agentError, 'infra_error']),
  metadataDeep: nasty(() => ({ content: 'I am fine.', metadata: { x: deep(5_000) } })),
  metadataVeryDeep: nasty(() => ({ content: 'I am fine.', metadata: { x: deep(100_000) } })),
  argumentsDeep: nasty(() => ({ content: 'I am fine.', tool_calls: [{ name: 't', arguments: deep(50_000) }] })),
  argumentsDeepText: nasty(() => ({
    content: 'I am fine.',
    tool_calls: [{ name: 't', arguments: '['.repeat(50_000) + ']'.repeat(50_000) }],
  })),
  contentDeep: nasty(() => ({ content: deep(50_000) })),
  toolCallsText: nasty(() => ({ content: 'I am fine.', tool_calls: 'none' })),
  twoMebibytes: nasty(() => 'x'.repeat(2 << 20)),
  manyMebibytes: nasty(() => 'x'.repeat(16 << 20)),
  manyMessages: nasty(() => ({ content: Array.from({ length: 100_000 }, () => 'a') })),
  manyToolCalls: nasty(() => ({ content: 'I am fine.', tool_calls: Array.from({ length: 20_000 }, () => ({ name: 't' })) })),
  buffers: nasty(
    () => ({ content: 'I am fine.', metadata: { x: new Uint8Array(10), d: new Date(0), m: new Map([[1, 2]]) } }),
    [agentError, passed],
  ),
}

export default moduleBehaviours
