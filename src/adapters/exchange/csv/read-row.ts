import type { ConditionalActions } from '../../../domain/generated/suite.js'
import type { ListedCase } from '../drafting.js'
import type { Problem, ReportProblem } from '../finding.js'
import type { Path } from '../path.js'
import { checkConditions } from '../test-suite/check-conditions.js'
import type { Column, ColumnUse, Side } from './columns.js'
import type { Row } from './parse-rows.js'

/** A row's cells, without blank ones. */
interface Cells {
  readonly fields: ReadonlyMap<Column, string>
  readonly variables: Readonly<Record<Side, readonly (readonly [name: string, value: string])[]>>
}

/** Reads a scenario from a row, and adds its errors to `problems`. */
export function readRow(row: Row, uses: readonly ColumnUse[], problems: Problem[]): ListedCase {
  const report: ReportProblem = (field, message) => void problems.push({ at: ['line', row.line, ...field], message })
  if (row.cells.length > uses.length) {
    report([], `The row has ${row.cells.length} cells, but the header row has ${uses.length}. Put texts with a comma in quotes.`)
  }
  const { fields, variables } = sortCells(row, uses)
  const trimmed = (field: Column): string | undefined => fields.get(field)?.trim()
  const name = trimmed('name') ?? trimmed('key')
  if (name === undefined) report(['name'], 'The row has no name.')
  const folder = fields
    .get('folder')
    ?.split(/[./]/)
    .map(part => part.trim())
    .filter(part => part !== '')
    .join('.')
  const personality = trimmed('personality')
  return {
    name: name ?? '',
    ...present({
      key: trimmed('key'),
      id: wholeIn(fields, 'id', report),
      description: fields.get('description'),
      folder: folder || undefined,
      personality: personality === undefined ? undefined : idOrName(personality),
      test_profile: profileOf(trimmed('test_profile'), variables),
      language: languageIn(trimmed('language'), report),
      first_message: fields.get('first_message'),
      expected_outcome: fields.get('expected_outcome'),
      frequency: wholeIn(fields, 'frequency', report),
      max_duration: wholeIn(fields, 'max_duration', report),
    }),
    tags: listed(fields.get('tags')),
    metrics: listed(fields.get('metrics')).map(idOrName),
    ...driverOf(fields, row.line, problems, report),
  }
}

function sortCells({ cells }: Row, uses: readonly ColumnUse[]): Cells {
  const fields = new Map<Column, string>()
  const variables: Record<Side, [string, string][]> = { caller_variables: [], agent_variables: [] }
  for (const [index, use] of uses.entries()) {
    const cell = cells[index] ?? ''
    if (cell.trim() === '') continue
    if (use.kind === 'field') fields.set(use.field, cell)
    if (use.kind === 'variable') variables[use.side].push([use.name, cell])
  }
  return { fields, variables }
}

/** The instructions, or the conditional actions that a cell contains as JSON. */
function driverOf(fields: Cells['fields'], line: number, problems: Problem[], report: ReportProblem): Partial<ListedCase> {
  const instructions = fields.get('instructions')
  const actions = fields.get('conditional_actions')
  if (actions !== undefined) {
    const conditions = readActions(actions, ['line', line, 'conditional_actions'], problems)
    return conditions
      ? { type: 'conditional_actions', conditional_actions: conditions, ...(instructions !== undefined && { instructions }) }
      : {}
  }
  if (instructions === undefined) {
    report(['instructions'], 'The row has no instructions: what the caller wants and knows.')
    return {}
  }
  return { instructions }
}

function readActions(cell: string, at: Path, problems: Problem[]): ConditionalActions | undefined {
  let json: unknown
  try {
    json = JSON.parse(cell)
  } catch {
    problems.push({ at, message: 'This must be JSON: { "role": ..., "conditions": [...] }' })
    return undefined
  }
  const before = problems.length
  // In a table, an error's place is the whole cell.
  checkConditions(json, at, (_place, message) => problems.push({ at, message }))
  return problems.length === before ? (json as ConditionalActions) : undefined
}

function wholeIn(fields: Cells['fields'], field: Column, report: ReportProblem): number | undefined {
  const cell = fields.get(field)?.trim()
  if (cell === undefined || /^[1-9]\d{0,14}$/.test(cell)) return cell === undefined ? undefined : Number(cell)
  report([field], `This must be a whole number, 1 or more, but is ${JSON.stringify(cell)}.`)
  return undefined
}

function languageIn(cell: string | undefined, report: ReportProblem): string | undefined {
  if (cell === undefined || /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(cell)) return cell
  report(['language'], `This must be a language code such as en or pt-BR, but is ${JSON.stringify(cell)}.`)
  return undefined
}

/** Splits `smoke, cancel` at commas, semicolons, bars and line breaks. */
function listed(cell = ''): string[] {
  return cell
    .split(/[,;|\n]/)
    .map(part => part.trim())
    .filter(part => part !== '')
}

function idOrName(name: string): number | string {
  return /^[1-9]\d{0,14}$/.test(name) ? Number(name) : name
}

/** The profile's name, with the values of the variable columns. */
function profileOf(name: string | undefined, { caller_variables, agent_variables }: Cells['variables']): ListedCase['test_profile'] {
  const named = name === undefined ? undefined : idOrName(name)
  if (caller_variables.length + agent_variables.length === 0) return named
  return {
    ...(named !== undefined && { key: typeof named === 'number' ? `test_profile_${named}` : named }),
    ...(caller_variables.length > 0 && { caller_variables: Object.fromEntries(caller_variables) }),
    ...(agent_variables.length > 0 && { agent_variables: Object.fromEntries(agent_variables) }),
  }
}

/** The fields without those that are `undefined`. */
function present(part: { readonly [Field in keyof ListedCase]?: ListedCase[Field] | undefined }): Partial<ListedCase> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Partial<ListedCase>
}
