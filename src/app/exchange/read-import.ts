import { extname } from 'node:path'
import { readCsv } from '../../adapters/exchange/csv/read-csv.js'
import { createJsonPlaces } from '../../adapters/exchange/json-places.js'
import { pointerTo, showPath, type Path } from '../../adapters/exchange/path.js'
import { readTestSuite } from '../../adapters/exchange/test-suite/read-test-suite.js'
import type { TestSuite } from '../../adapters/exchange/test-suite/test-suite.js'
import type { ReadTranscripts } from '../../adapters/exchange/transcript/imported-conversation.js'
import { readTextTranscript } from '../../adapters/exchange/transcript/read-text-transcript.js'
import { isTranscript, readTranscripts } from '../../adapters/exchange/transcript/read-transcript.js'
import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import { deepestNesting, isTooDeep } from '../../domain/nesting.js'
import { isTextTranscript } from '../../domain/wire/text.js'
import { lineOf, type SourceFile, type Span } from '../../domain/source.js'
import { readSource } from '../../pipeline/load/read/read-source.js'
import { collectProblems } from '../../pipeline/load/problems.js'
import { emptyImport, type ImportKind, type ImportSource, type ReadImport } from './import-source.js'
import { readStoredRun } from './read-stored-run.js'

/** Reads a file, whose kind is given or detected, or a run of a result. */
export async function readImport(source: ImportSource): Promise<ReadImport> {
  if ('result' in source) return readStoredRun(source.result, source.run)
  const { path } = source
  const problems = collectProblems()
  const file = readSource(path, path, problems)
  if (!file) return { ...emptyImport(path), diagnostics: problems.found() }
  return readFile(file, source.kind)
}

function readFile(file: SourceFile, kind: ImportKind | undefined): ReadImport {
  const json = readJson(file.text)
  switch (kind ?? kindOf(file, json)) {
    case 'csv':
      return readTable(file)
    case 'test-suite':
      return 'value' in json ? readSuite(file, json.value) : rejected(file, [notJson(file, json.reason)])
    case 'transcript':
      return 'value' in json ? readJsonTranscript(file, json.value) : readWords(file)
    case 'json':
      return rejected(file, [notJson(file, 'reason' in json ? json.reason : '')])
    case undefined:
      return rejected(file, [diagnose('IMPORT_UNKNOWN', { path: file.path })])
  }
}

type ReadJson = { readonly value: unknown } | { readonly reason: string }

/** Reads one JSON document, or a list of them in JSON Lines. */
function readJson(text: string): ReadJson {
  try {
    return { value: JSON.parse(text) as unknown }
  } catch (cause) {
    try {
      const lines = text.split(/\r?\n/).filter(each => each.trim() !== '')
      if (lines.length > 1) return { value: lines.map(each => JSON.parse(each) as unknown) }
    } catch {
      // The first mistake counts.
    }
    return { reason: cause instanceof Error ? cause.message : String(cause) }
  }
}

/** Detects the kind of a file by its name and content. `json`: should be JSON but cannot be parsed. */
function kindOf({ path, text }: SourceFile, json: ReadJson): ImportKind | 'json' | undefined {
  const ending = extname(path).toLowerCase()
  if (['.csv', '.tsv'].includes(ending)) return 'csv'
  if ('value' in json) {
    if (typeof json.value !== 'object' || json.value === null) return undefined
    return !('scenarios' in json.value) && isTranscript(json.value) ? 'transcript' : 'test-suite'
  }
  if (isTextTranscript(text)) return 'transcript'
  return ending === '.json' || /^\s*[[{]/.test(text) ? 'json' : undefined
}

function notJson(file: SourceFile, reason: string): Diagnostic {
  const [, offset] = /position (\d+)/.exec(reason) ?? []
  const last = Math.max(0, file.text.length - 1)
  const start = offset === undefined ? (/end of/.test(reason) ? last : 0) : Math.min(Number(offset), last)
  const why = reason.replace(/ (in JSON )?at position.*$/s, '').replace(/, ?"[^]*" is not valid JSON$/, '')
  return diagnose('IMPORT_NOT_JSON', { path: file.path, reason: why }, { file, start, end: start + 1 })
}

function rejected(file: SourceFile, diagnostics: readonly Diagnostic[]): ReadImport {
  return { ...emptyImport(file.path), diagnostics }
}

function readSuite(file: SourceFile, json: unknown): ReadImport {
  const span = createJsonPlaces(file)
  const { suite, cases, problems } = readTestSuite(json)
  if (!suite) {
    const diagnostics = problems.flatMap(({ at, messages }) =>
      messages.map(message => diagnose('IMPORT_TEST_SUITE', { pointer: pointerTo(at), message }, span(at))),
    )
    return rejected(file, diagnostics)
  }
  const { defaults, suite: about } = suite
  return {
    ...emptyImport(file.path),
    cases,
    casesAt: ['scenarios'],
    ...(about && { suite: about }),
    ...(defaults?.concurrency_limit !== undefined && { concurrency: defaults.concurrency_limit }),
    locate: at => {
      const origin = originOf(at, suite)
      return { span: span(origin), place: showPath(origin) }
    },
  }
}

/** The path a case's field comes from: the case itself or the defaults. */
function originOf(at: Path, { scenarios, defaults = {} }: TestSuite): Path {
  const [, index, field = '', ...rest] = at
  const own = scenarios[Number(index)]
  return own && !(field in own) && field in defaults ? ['defaults', field, ...rest] : at
}

function readJsonTranscript(file: SourceFile, json: unknown): ReadImport {
  if (isTooDeep(json)) return rejected(file, [diagnose('IMPORT_TOO_DEEP', { path: file.path, deepest: deepestNesting })])
  const span = createJsonPlaces(file)
  return readConversations(file, readTranscripts(json), at => ({ span: span(at), place: showPath(at) || 'conversation' }))
}

function readWords(file: SourceFile): ReadImport {
  return readConversations(file, readTextTranscript(file.text), ([index]) => {
    const line = Number(index) + 1
    return { span: lineSpan(file, line), place: `line ${line}` }
  })
}

function readConversations(
  file: SourceFile,
  { conversations, problems, losses }: ReadTranscripts,
  locate: (at: Path) => { readonly span: Span; readonly place: string },
): ReadImport {
  if (problems.length === 0) return { ...emptyImport(file.path), conversations, losses, locate }
  return rejected(
    file,
    problems.map(({ at, message }) => {
      const { span, place } = locate(at)
      return diagnose('IMPORT_TRANSCRIPT', { place, message }, span)
    }),
  )
}

function readTable(file: SourceFile): ReadImport {
  const { cases, lines, problems, losses } = readCsv(file.text)
  if (problems.length > 0) {
    const diagnostics = problems.map(({ at: [, line, ...field], message }) =>
      diagnose('IMPORT_CSV', { line: Number(line), column: showPath(field), message }, lineSpan(file, Number(line))),
    )
    return rejected(file, diagnostics)
  }
  return {
    ...emptyImport(file.path),
    cases,
    casesAt: ['row'],
    losses,
    locate: ([kind, number, ...field]) => ({
      span: lineSpan(file, Number(kind === 'row' ? lines[Number(number)] : number)),
      place: showPath(field) || 'row',
    }),
  }
}

function lineSpan(file: SourceFile, line: number): Span {
  let start = 0
  for (let nth = 1; nth < line; nth += 1) start = file.text.indexOf('\n', start) + 1
  return { file, start, end: start + Math.max(1, lineOf(file, line).length) }
}
