import type { Scalar } from './document.js'
import { placeholder } from './placeholder.js'
import type { PlannedCase } from './plan.js'

type Case = Pick<PlannedCase, 'scenario' | 'personality' | 'testProfile'>

/** What the texts of a case may refer to, by dotted name (`test_profile.name`); what it has no value for is left out. */
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

/** What the caller of a case knows: its test profile's caller variables that have a value. */
export function factsOf({ testProfile }: Case): Readonly<Record<string, string>> {
  const facts = Object.entries(testProfile?.callerVariables ?? {}).filter(([, value]) => value !== null && value !== '')
  return Object.fromEntries(facts.map(([name, value]) => [name, String(value)]))
}

/**
 * Fills in each `{{name}}` of a text; a value is put in as it is, and `null` as nothing.
 *
 * @throws {Error} when a name has no value. The plan stage checks beforehand, so this is not the author's mistake.
 */
export function fillIn(text: string, variables: Readonly<Record<string, Scalar>>): string {
  return text.replaceAll(placeholder, (_placeholder, name: string) => {
    if (!Object.hasOwn(variables, name)) throw new Error(`{{${name}}} has no value.`)
    return String(variables[name] ?? '')
  })
}
