import { Composer, Lexer, Parser } from 'yaml'
import type { Document, YAMLError } from 'yaml'
import { lineOf, locate } from '../../../domain/source.js'
import type { SourceFile, Span } from '../../../domain/source.js'
import type { Problems } from '../problems.js'

/** How many maps and lists may stand inside one another. */
export const deepestNesting = 100

/** @returns The tree of the file, `undefined` where it is not one document of YAML 1.2; what is wrong is reported. */
export function parseYaml(file: SourceFile, problems: Problems): Document.Parsed | undefined {
  // We look for duplicate keys ourselves: the library compares each key with all others, which takes minutes for a file
  // made to hurt, and it cannot point at both.
  const composer = new Composer({ version: '1.2', schema: 'core', uniqueKeys: false, logLevel: 'error' })
  const documents: Document.Parsed[] = []
  try {
    for (const document of composer.compose(tokensOf(file.text), true, file.text.length)) documents.push(document)
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error
    problems.report('YAML_TOO_DEEP', { deepest: deepestNesting }, spanAt(file, error.offset))
    return undefined
  }
  const [document, second] = documents
  const mistakes = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])
  reportSyntax(mistakes, file, problems)
  if (second) {
    problems.report('YAML_SEVERAL_DOCUMENTS', {}, spanAt(file, second.range[0], second.range[0] + '---'.length))
  }
  return mistakes.length > 0 || second ? undefined : document
}

/**
 * The library composes recursively: a file that nests deeper than the stack is refused before it can end the process.
 */
function* tokensOf(text: string) {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme)
    if (parser.stack.length > deepestNesting) throw new TooDeep(parser.offset)
  }
  yield* parser.end()
}

class TooDeep extends Error {
  constructor(readonly offset: number) {
    super()
  }
}

/** One for each line: what follows on the same line follows from it. */
function reportSyntax(mistakes: readonly YAMLError[], file: SourceFile, problems: Problems) {
  const lines = new Set<number>()
  for (const { code, message, pos } of mistakes.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const at = spanAt(file, ...pos)
    const { line } = locate(file, at.start)
    if (lines.has(line)) continue
    lines.add(line)
    if (code === 'TAG_RESOLVE_FAILED') problems.report('YAML_TAG', { tag: message.replace(/^.*: /, '') }, at)
    else {
      problems.report('YAML_INVALID', { code, message, readsEnvironment: /[{[,:] *\$\{/.test(lineOf(file, line)) }, at)
    }
  }
}

function spanAt(file: SourceFile, start: number, end = start + 1): Span {
  const last = file.text.length
  return { file, start: Math.min(start, last), end: Math.min(Math.max(end, start), last) }
}
