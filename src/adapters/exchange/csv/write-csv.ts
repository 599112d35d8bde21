import type { TestProfile } from '../../../domain/document.js'
import { safeCell } from '../../../domain/safe-cell.js'
import type { ExportedCase } from '../export-cases.js'
import type { Loss } from '../finding.js'
import { columns, sides, type Column, type Side } from './columns.js'

/** Writes cases as a table (RFC 4180), with a column for each field that any case has. */
export function writeCsv(cases: readonly ExportedCase[], lose: (loss: Loss) => void): string {
  const rows = cases.map(each => rowOf(each, lose))
  const variables = sides.flatMap(side =>
    [...new Set(cases.flatMap(each => Object.keys(variablesOf(each, side))))].map(name => `${side}.${name}`),
  )
  const used = [...columns, ...variables].filter(
    column => ['key', 'name', 'instructions', 'expected_outcome'].includes(column) || rows.some(row => row.get(column)),
  )
  const lines = [used, ...rows.map(row => used.map(column => row.get(column) ?? ''))]
  return lines.map(cells => `${cells.map(cell => quoted(safeCell(cell))).join(',')}\r\n`).join('')
}

function rowOf(each: ExportedCase, lose: (loss: Loss) => void): Map<string, string> {
  const { scenario } = each
  const at = ['scenarios', scenario.key]
  const { personality, testProfile } = scenario
  if (personality) {
    lose({ at: [...at, 'personality'], message: `The table has only the name of ${personality.key}. Keep its section of the suite.` })
  }
  for (const tag of scenario.tags.filter(name => /[,;|\n]/.test(name))) {
    lose({ at: [...at, 'tags'], message: `${JSON.stringify(tag)} is split: in a table, the characters , ; and | separate tags.` })
  }
  if (each.first_message === '') {
    lose({ at: [...at, 'first_message'], message: 'An empty cell cannot say that the agent speaks first. Set it again after import.' })
  }
  const fields: Partial<Record<Column, string | number | undefined>> = {
    ...each,
    tags: scenario.tags.join(', '),
    personality: personality?.key,
    test_profile: testProfile?.key,
    language: personality && personality.language !== 'en' ? personality.language : undefined,
    metrics: scenario.metrics.join(', '),
    conditional_actions: each.conditional_actions && JSON.stringify(each.conditional_actions),
  }
  const variables = sides.flatMap(side =>
    Object.entries(variablesOf(each, side)).map(([name, value]) => [`${side}.${name}`, value === null ? '' : String(value)] as const),
  )
  return new Map([...columns.map(column => [column, String(fields[column] ?? '')] as const), ...variables])
}

function variablesOf({ scenario }: ExportedCase, side: Side): TestProfile['callerVariables'] {
  const own = scenario.testProfile
  return (side === 'caller_variables' ? own?.callerVariables : own?.agentVariables) ?? {}
}

function quoted(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
