/**
 * The columns of a table of scenarios, by their usual names. `name` is required, and one of `instructions` and
 * `conditional_actions`.
 */
export const columns = [
  'key',
  'id',
  'name',
  'description',
  'folder',
  'tags',
  'personality',
  'test_profile',
  'language',
  'first_message',
  'instructions',
  'conditional_actions',
  'expected_outcome',
  'metrics',
  'frequency',
  'max_duration',
] as const

export type Column = (typeof columns)[number]

/** Column names in other tables. */
const otherNames: Readonly<Record<string, Column>> = {
  scenario: 'name',
  scenario_name: 'name',
  title: 'name',
  folder_path: 'folder',
  labels: 'tags',
  scenario_language: 'language',
  opening: 'first_message',
  prompt: 'instructions',
  expected: 'expected_outcome',
  expected_outcome_prompt: 'expected_outcome',
  expected_result: 'expected_outcome',
  repeats: 'frequency',
}

/** The sides of a test profile. Each variable has its own column: `caller_variables.name`. */
export const sides = ['caller_variables', 'agent_variables'] as const

export type Side = (typeof sides)[number]

export type ColumnUse =
  | { readonly kind: 'field'; readonly field: Column }
  | { readonly kind: 'variable'; readonly side: Side; readonly name: string }
  | { readonly kind: 'unknown' }

/** What a heading's column contains. Case, spaces, - and _ do not matter. */
export function useOf(heading: string): ColumnUse {
  const [, side, variable = ''] = /^\s*(caller|agent)[ _-]variables?[.:](.+)$/i.exec(heading) ?? []
  if (side) return { kind: 'variable', side: `${side.toLowerCase()}_variables` as Side, name: variable.trim() }
  const name = heading
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_')
  const field = columns.find(each => each === name) ?? (Object.hasOwn(otherNames, name) ? otherNames[name] : undefined)
  return field ? { kind: 'field', field } : { kind: 'unknown' }
}
