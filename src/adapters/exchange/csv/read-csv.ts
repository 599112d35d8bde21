import type { ListedCase } from '../drafting.js'
import type { Loss, Problem } from '../finding.js'
import { columns, useOf, type ColumnUse } from './columns.js'
import { parseRows, type Row } from './parse-rows.js'
import { readRow } from './read-row.js'

export interface ReadCsv {
  readonly cases: readonly ListedCase[]
  /** The first line of each case. */
  readonly lines: readonly number[]
  readonly problems: readonly Problem[]
  readonly losses: readonly Loss[]
}

/** Reads a table of scenarios whose first row names the columns. Places are `['line', 3, 'personality']`; lines count from 1. */
export function readCsv(text: string): ReadCsv {
  const parsed = parseRows(text)
  if ('problem' in parsed) return rejected([parsed.problem])
  const [head, ...body] = parsed.rows
  if (!head) return rejected([{ at: ['line', 1], message: 'The table is empty.' }])
  const uses = head.cells.map(useOf)
  const found = checkHead(head, uses)
  if (found.length > 0) return rejected(found)
  if (body.length === 0) return rejected([{ at: ['line', head.line], message: 'There is no scenario below the header row.' }])

  const problems: Problem[] = []
  const cases = body.map(row => readRow(row, uses, problems))
  return { cases, lines: body.map(({ line }) => line), problems, losses: unknownColumns(head, uses) }
}

function rejected(problems: readonly Problem[]): ReadCsv {
  return { cases: [], lines: [], losses: [], problems }
}

function checkHead({ line, cells }: Row, uses: readonly ColumnUse[]): Problem[] {
  const fields = uses.flatMap(use => (use.kind === 'field' ? use.field : []))
  const headings = `The headings are: ${cells.join(', ')}.`
  const twice = fields.filter((field, index) => fields.indexOf(field) < index)
  return [
    ...twice.map(field => ({ at: ['line', line, field], message: `Two columns have the ${field}.` })),
    ...(fields.includes('name') || fields.includes('key')
      ? []
      : [{ at: ['line', line], message: `No column is named name or key. ${headings}` }]),
    ...(fields.includes('instructions') || fields.includes('conditional_actions')
      ? []
      : [{ at: ['line', line], message: `No column is named instructions. ${headings}` }]),
  ]
}

function unknownColumns({ line, cells }: Row, uses: readonly ColumnUse[]): Loss[] {
  const known = `${columns.join(', ')}, caller_variables.<name> and agent_variables.<name>`
  return cells
    .filter((heading, index) => uses[index]?.kind === 'unknown' && heading.trim() !== '')
    .map(heading => ({ at: ['line', line, heading], message: `The whole column is left out. Known columns: ${known}.` }))
}
