import { createRequire } from 'node:module'
import type * as Re2 from 're2js'
import type { Patterns } from '../../ports/patterns.js'

const require = createRequire(import.meta.url)

/** Regular expressions by RE2JS, which never backtracks. Each pattern is compiled once. */
export function createPatterns(): Patterns {
  const compiled = new Map<string, Re2.RE2JS>()
  return {
    search: (pattern, text) => {
      let expression = compiled.get(pattern)
      if (!expression) compiled.set(pattern, (expression = compile(pattern)))
      return expression.test(text)
    },
  }
}

function compile(pattern: string): Re2.RE2JS {
  // Loaded only for suites with patterns. The import is synchronous, because conversations are scored in synchronous code.
  const { RE2JS, RE2JSSyntaxException } = require('re2js') as typeof Re2
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error
    throw new SyntaxError(error.message.replace(/^error parsing regexp: /, ''), { cause: error })
  }
}
