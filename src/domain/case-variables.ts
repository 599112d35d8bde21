import type { Scalar } from './document.js'
import { placeholder } from './placeholder.js'
import type { PlannedCase } from './plan.js'

type Case = Pick<PlannedCase, 'scenario' | 'personality' | 'testProfile'>

/** The values that a case's texts can refer to, by dotted name (`test_profile.name`). Names without a value are left out. */
export function caseVariables(of: Case): Readonly<Record<string, Scalar>> {
  let known = variablesOf.get(of)
  if (!known) variablesOf.set(of, (known = collect(of)))
  return known
}

const variablesOf = new WeakMap<Case, Readonly<Record<string, Scalar>>>()

function collect({ scenario, personality, testProfile }: Case): Readonly<Record<string, Scalar>> {
  const variables: [name: string, value: Scalar | undefined][] = [
    ['scenario.key', scenario.key],
    ['scenario.id', scenario.id],
    ['scenario.name', scenario.name],
    ['personality.name', personality?.name],
    ['personality.language', personality?.language],
    ...Object.entries(testProfile?.callerVariables ?? {}).map(([name, value]): [string, Scalar] => [`test_profile.${name}`, value]),
  ]
  return Object.fromEntries(variables.filter((variable): variable is [string, Scalar] => variable[1] !== undefined))
}

/** What the caller of a case knows: the caller variables of its test profile that have a value. */
export function factsOf({ testProfile }: Case): Readonly<Record<string, string>> {
  const facts = Object.entries(testProfile?.callerVariables ?? {}).filter(([, value]) => value !== null && value !== '')
  return Object.fromEntries(facts.map(([name, value]) => [name, String(value)]))
}

/**
 * Fills in each `{{name}}` of a text. Values go in unchanged, `null` as nothing.
 *
 * @throws {Error} when a name has no value. The plan stage checks this beforehand, so it is a bug, not the author's mistake.
 */
export function fillIn(text: string, variables: Readonly<Record<string, Scalar>>): string {
  return text.replaceAll(placeholder, (_placeholder, name: string) => {
    if (!Object.hasOwn(variables, name)) throw new Error(`{{${name}}} has no value.`)
    return String(variables[name] ?? '')
  })
}
