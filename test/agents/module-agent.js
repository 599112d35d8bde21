// An agent as a function. MARKS names a folder in which a file lies for each turn in progress.
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { replyTo } from './replies.js'

/**
 * @param {string} message
 * @param {{ history: { role: string, content: string }[], runId: string, variables: object, signal: AbortSignal }} context
 */
export default async function reply(message, context) {
  switch (message) {
    case '/silent':
      return untilAborted(context)
    case '/loop':
      for (;;);
    case '/throw':
      throw new RangeError('I am\nlost')
    case '/throw-text':
      throw 'text'
    case '/exit':
      process.exit(3)
    case '/uncaught':
      setImmediate(() => {
        throw new TypeError('out of hand')
      })
      return untilAborted(context)
    case '/number':
      return 7
    case '/nothing':
      return undefined
    case '/list':
      return ['a']
    case '/function':
      return { content: 'x', metadata: { f() {} } }
    case '/odd-content':
      return { content: 7 }
    case '/text':
      return 'Plain text.'
    case '/history':
      return JSON.stringify(context.history)
    case '/context':
      return JSON.stringify({ runId: context.runId, variables: context.variables })
    case '/print':
      console.log('printed by the agent')
      return 'Printed.'
    default: {
      const { say, tools, metadata, end } = replyTo(message, context.history.filter(({ role }) => role === 'user').length + 1)
      return { content: say, tool_calls: tools, metadata, end }
    }
  }
}

export const named = () => 'By name.'
export const answer = 42

/** @param {{ runId: string, signal: AbortSignal }} context @returns {Promise<string>} */
function untilAborted({ runId, signal }) {
  const mark = process.env.MARKS && join(process.env.MARKS, runId)
  if (mark) writeFileSync(mark, '')
  return new Promise(resolve => {
    signal.addEventListener('abort', () => {
      if (mark) rmSync(mark)
      resolve('Too late.')
    })
  })
}
