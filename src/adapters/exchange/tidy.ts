/** The role of a text in a suite, which decides what tags and templates do in it. */
export type TextUse = 'words' | 'utterance' | 'follow_up'

/**
 * Makes a text valid in a suite: removes tags and templates that suites do not have.
 *
 * - `words`: plain language, in which only templates have a meaning.
 * - `utterance`, `follow_up`: the caller's words, in which tags act.
 *
 * @returns The text, and one sentence for each change.
 */
export type Tidy = (text: string, use: TextUse) => { readonly text: string; readonly lost: readonly string[] }

/** The templates every suite fills in, besides test profile variables. */
export const suiteTemplates: readonly string[] = ['run.key', 'scenario.key', 'scenario.name']

/** Recorded words must not act, so anything that looks like a tag or a template is broken up. */
export function asWords(said: string): { readonly text: string; readonly changed: boolean } {
  const text = said.replaceAll(/<(?=\/?[A-Za-z_])/g, '< ').replaceAll(/\{(?=\{)/g, '{ ')
  return { text, changed: text !== said }
}
