import { RE2JS, RE2JSSyntaxException } from 're2js'
import type { Patterns } from '../../ports/patterns.js'

/** Regular expressions by RE2JS, which never backtracks. Each pattern is compiled once. */
export function createPatterns(): Patterns {
  const compiled = new Map<string, RE2JS>()
  return {
    search: (pattern, text) => {
      let expression = compiled.get(pattern)
      if (!expression) compiled.set(pattern, (expression = compile(pattern)))
      return expression.test(text)
    },
  }
}

function compile(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern)
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error
    throw new SyntaxError(error.message.replace(/^error parsing regexp: /, ''), { cause: error })
  }
}
