// Runs an agent's function in a process of its own. This is plain JavaScript, so Node runs it without a build.
import { existsSync } from 'node:fs'
import { Socket } from 'node:net'
import { pathToFileURL } from 'node:url'

/** @typedef {import('./messages.js').ToModule} ToModule */
/** @typedef {import('./messages.js').FromModule} FromModule */

/** @type {import('./messages.js').ModuleStart} */
const { path, exportName, mostLength, mostBytes, mostDepth } = JSON.parse(process.argv[2] ?? '')
/** The way to Callsheet: a line of JSON a message. */
const way = new Socket({ fd: 3 })
/** @type {Map<number, AbortController>} */
const turns = new Map()

process.on('uncaughtExceptionMonitor', error => post({ type: 'dying', message: describe(error) }))
// That Callsheet is gone shows at either end of the way to it.
way.on('error', leave).on('close', leave)

try {
  const reply = existsSync(path) ? functionOf(await importModule()) : 'there is no such file'
  if (typeof reply === 'string') throw reply
  let begun = ''
  // Not by Node's readline, which in later versions also splits at separators of lines that words may have (U+2028).
  way.setEncoding('utf8').on('data', text => {
    const lines = `${begun}${String(text)}`.split('\n')
    begun = lines.pop() ?? ''
    for (const line of lines) take(reply, JSON.parse(line))
  })
  post({ type: 'ready' })
} catch (error) {
  post({ type: 'unloadable', message: describe(error) })
}

/** @param {Function} reply @param {ToModule} message */
function take(reply, message) {
  if (message.type === 'turn') void turn(reply, message)
  else abort(message.id)
}

/** @returns {Promise<Record<string, unknown>>} */
async function importModule() {
  const url = pathToFileURL(path).href
  if (!/\.[cm]?tsx?$/.test(path)) return import(url)
  if ('typescript' in process.features && process.features.typescript) {
    try {
      return await import(url)
    } catch (error) {
      if (!isBeyondNode(error)) throw error
    }
  }
  const { createJiti } = await import('jiti')
  return createJiti(import.meta.url).import(path)
}

/**
 * The agent's function, or why there is none. A CommonJS module's exports can be inside its default export.
 *
 * @param {Record<string, any>} module
 * @returns {Function | string}
 */
function functionOf(module) {
  const found = [module[exportName], module['default']?.[exportName]].find(value => typeof value === 'function')
  return found ?? `it exports no function "${exportName}", only: ${Object.keys(module).join(', ') || 'nothing'}`
}

/**
 * Whether jiti may load what Node could not: TypeScript syntax beyond types, or imports without an extension.
 *
 * @param {unknown} error
 */
function isBeyondNode(error) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return ['ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX', 'ERR_UNKNOWN_FILE_EXTENSION', 'ERR_MODULE_NOT_FOUND', 'ERR_UNSUPPORTED_DIR_IMPORT'].includes(
    String(code),
  )
}

/**
 * @param {Function} reply
 * @param {Extract<ToModule, { type: 'turn' }>} message
 */
async function turn(reply, { id, words, context }) {
  const controller = new AbortController()
  turns.set(id, controller)
  try {
    const value = await reply(words, { ...context, signal: controller.signal })
    answer(id, value)
  } catch (error) {
    post({ type: 'threw', id, message: describe(error) })
  } finally {
    turns.delete(id)
  }
}

/** @param {number} id @param {any} value */
function answer(id, value) {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (typeof value !== 'string' && !isRecord)
    return post({
      type: 'odd',
      id,
      what: value === null ? 'null' : Array.isArray(value) ? 'a list' : `a value of type ${typeof value}`,
    })
  const stray = isRecord ? strayIn(value) : undefined
  if (stray !== undefined) return post({ type: 'odd', id, what: cut(stray) })
  const reply = isRecord
    ? { words: value.content, toolCalls: value.tool_calls, ended: value.end === true, metadata: value.metadata }
    : { words: value, toolCalls: undefined, ended: false, metadata: undefined }
  const unfit = unfitIn(reply)
  if (unfit !== undefined) return post({ ...unfit, id })
  let line
  try {
    line = lineOf({ type: 'answered', id, reply })
  } catch {
    return post({ type: 'odd', id, what: 'something that cannot be written as JSON' })
  }
  if (Buffer.byteLength(line) > mostBytes) post({ type: 'tooLarge', id })
  else way.write(line)
}

/**
 * What a reply has under a key that is not read, if that would lose words or tool calls.
 *
 * @param {Record<string, unknown>} value
 */
function strayIn(value) {
  for (const [key, inner] of Object.entries(value)) {
    if (['content', 'tool_calls', 'end', 'metadata'].includes(key) || inner === value['content']) continue
    const isObject = typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0
    if (/tool|function|calls?$/i.test(key) && isObject)
      return `tool calls under the key ${key}, where they are not read: their key is tool_calls`
    const hasWords = isObject || (typeof inner === 'string' && inner.trim() !== '')
    if (/^(text|messages?|reply|replies|response|answer|output|refusal|transcript|delta|choices)$/i.test(key) && hasWords)
      return `words under the key ${key}, where they are not read: their key is content`
  }
  return undefined
}

/**
 * Why a reply may not be passed on, if so: what is too much here would be too much for the other process as well. Walks without
 * recursion, because a reply can be deeper than the stack.
 *
 * @param {unknown} reply
 * @returns {{ type: 'tooLarge' | 'tooDeep' } | { type: 'odd', what: string } | undefined}
 */
function unfitIn(reply) {
  let length = 0
  /** @type {[value: unknown, depth: number][]} */
  const open = [[reply, 0]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [value, depth] = next
    if (['bigint', 'function', 'symbol'].includes(typeof value)) return { type: 'odd', what: `a value of type ${typeof value}` }
    if (typeof value === 'string') length += value.length
    if (typeof value === 'object' && value !== null) {
      if (depth >= mostDepth) return { type: 'tooDeep' }
      // Millions of entries would take seconds to copy.
      const keys = Array.isArray(value) ? [] : Object.keys(value)
      length += Array.isArray(value) ? value.length : keys.length
      if (length > mostLength) return { type: 'tooLarge' }
      for (const key of keys) length += key.length
      for (const inner of Array.isArray(value) ? value : Object.values(value)) open.push([inner, depth + 1])
    }
    if (length > mostLength) return { type: 'tooLarge' }
  }
  return undefined
}

/** @param {number} id */
function abort(id) {
  turns.get(id)?.abort()
  post({ type: 'aborted', id })
}

/** The message, and where the error was thrown. @param {unknown} error */
function describe(error) {
  try {
    if (!(error instanceof Error)) return cut(String(error))
    const frame = error.stack?.split('\n').find(line => line.trimStart().startsWith('at '))
    return `${cut(`${error.name}: ${error.message}`)}${frame ? ` (${cut(frame.trim())})` : ''}`
  } catch {
    return 'something that cannot be described'
  }
}

/** An error may quote everything that it met. @param {string} text */
function cut(text) {
  return text.length > 5_000 ? `${text.slice(0, 5_000)}…` : text
}

/** @param {FromModule} message */
function post(message) {
  way.write(lineOf(message))
}

/** @param {FromModule} message */
function lineOf(message) {
  return `${JSON.stringify(message)}\n`
}

function leave() {
  process.kill(process.pid, 'SIGKILL')
}
