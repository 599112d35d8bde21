import type { Scalar } from '../../domain/document.js'
import type { RunSpec } from '../../domain/plan.js'
import type { TemplateVariables } from './template.js'

/** What a caller's texts may refer to in a run; what the run has no value for is left out. */
export function scriptVariables(spec: RunSpec): TemplateVariables {
  const { scenario, personality, testProfile } = spec.case
  const variables: [name: string, value: Scalar | undefined][] = [
    ['run.key', spec.key],
    ['scenario.key', scenario.key],
    ['scenario.id', scenario.id],
    ['scenario.name', scenario.name],
    ['personality.name', personality?.name],
    ['personality.language', personality?.language],
    ...Object.entries(testProfile?.callerVariables ?? {}).map(
      ([name, value]): [string, Scalar] => [`test_profile.${name}`, value],
    ),
  ]
  return Object.fromEntries(variables.filter((variable): variable is [string, Scalar] => variable[1] !== undefined))
}
