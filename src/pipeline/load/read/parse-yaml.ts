import { Composer, Lexer, Parser } from 'yaml'
import type { Document, YAMLError } from 'yaml'
import { lineOf, locate } from '../../../domain/source.js'
import type { SourceFile, Span } from '../../../domain/source.js'
import type { Problems } from '../problems.js'

/** How deep maps and lists may nest. */
export const deepestNesting = 100

/**
 * Parses a file, and reports its mistakes.
 *
 * @returns The tree; `undefined` if the file is not one document of YAML 1.2.
 */
export function parseYaml(file: SourceFile, problems: Problems): Document.Parsed | undefined {
  // We find duplicate keys ourselves: the library compares each key with all others, which takes minutes for a malicious
  // file, and it cannot report both places.
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

/** The library composes recursively, so a file that nests too deeply is refused before it overflows the stack. */
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

/**
 * Reports one mistake per line: further ones on the same line follow from the first. After a variable without quotes inside { } or [ ],
 * whose braces open a map, nothing that follows is read as it was meant: then only other such variables are reported.
 */
function reportSyntax(mistakes: readonly YAMLError[], file: SourceFile, problems: Problems) {
  const lines = new Set<number>()
  let isAstray = false
  for (const { code, message, pos } of mistakes.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const at = spanAt(file, ...pos)
    const { line } = locate(file, at.start)
    if (lines.has(line) || (isAstray && !unquotedInFlow.test(lineOf(file, line)))) continue
    lines.add(line)
    if (code === 'TAG_RESOLVE_FAILED') problems.report('YAML_TAG', { tag: message.replace(/^.*: /, '') }, at)
    else {
      const readsEnvironment = /[{[,:] *\$\{/.test(lineOf(file, line))
      isAstray ||= readsEnvironment
      problems.report('YAML_INVALID', { code, message, readsEnvironment }, at)
    }
  }
}

/** `{ key: ${NAME} }` on one line. */
const unquotedInFlow = /(?<!\$)[{[].*[{[,:] *\$\{/

function spanAt(file: SourceFile, start: number, end = start + 1): Span {
  const last = file.text.length
  return { file, start: Math.min(start, last), end: Math.min(Math.max(end, start), last) }
}
