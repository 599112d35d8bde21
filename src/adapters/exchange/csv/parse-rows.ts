import { CsvError, parse } from 'csv-parse/sync'
import { plainCell } from '../../../domain/safe-cell.js'
import type { Problem } from '../finding.js'

/** A row, and the line it begins on. Lines count from 1. */
export interface Row {
  readonly line: number
  readonly cells: readonly string[]
}

/** The non-empty rows of a table (RFC 4180). The separator is the first row's: comma, semicolon or tab. */
export function parseRows(text: string): { readonly rows: readonly Row[] } | { readonly problem: Problem } {
  const unix = text.replaceAll(/\r\n?/g, '\n')
  try {
    const records = parse(unix, {
      bom: true,
      delimiter: delimiterOf(unix),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    // The package reports a record's last line, and cells can contain line breaks.
    return { rows: records.map(({ record, info }) => ({ cells: record.map(plainCell), line: info.lines - linesIn(record) })) }
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause
    const line = typeof cause['lines'] === 'number' ? cause['lines'] : 1
    return { problem: { at: ['line', line], message: sentenceOf(cause) } }
  }
}

function linesIn(cells: readonly string[]): number {
  return cells.join('').split('\n').length - 1
}

/** The separator in the heading row, outside quotes. */
function delimiterOf(text: string): string {
  const head =
    text
      .replaceAll(/"(?:[^"]|"")*"/g, '')
      .trimStart()
      .split('\n', 1)[0] ?? ''
  const counts = [',', ';', '\t'].map(each => [each, head.split(each).length] as const)
  return counts.toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? ','
}

function sentenceOf({ code }: CsvError): string {
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return 'A quote is opened but not closed.'
    case 'CSV_INVALID_CLOSING_QUOTE':
      return 'A cell must end after its closing quote. Write a quote inside a cell twice: "".'
    case 'INVALID_OPENING_QUOTE':
      return 'A quote may only be the first character of a cell. Put the whole cell in quotes, and write quotes inside it twice.'
    default:
      return 'This is not CSV.'
  }
}
