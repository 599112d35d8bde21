import type { Scalar } from '../../domain/document.js'
import { placeholder } from '../../domain/placeholder.js'

/** Values by their dotted name: `test_profile.name`. */
export type TemplateVariables = Readonly<Record<string, Scalar>>

/**
 * Fills in each `{{name}}` of a text; a value is put in as it is, and `null` as nothing.
 *
 * @throws {Error} when a name is unknown. The plan stage checks beforehand, so this is not the author's mistake.
 */
export function renderTemplate(text: string, variables: TemplateVariables): string {
  return text.replaceAll(placeholder, (_placeholder, name: string) => {
    if (!Object.hasOwn(variables, name)) throw new Error(`{{${name}}} has no value.`)
    return String(variables[name] ?? '')
  })
}
