/** What a text is in a suite: what tags and templates may do in it depends on that. */
export type TextUse = 'words' | 'utterance' | 'follow_up'

/**
 * Makes a text one that a suite accepts. Tags and templates that no suite knows are taken out of it.
 *
 * - `words`: plain language, in which only templates have a meaning.
 * - `utterance`, `follow_up`: what the caller says, in which tags act.
 *
 * @returns The text, and what was changed in it, a sentence each.
 */
export type Tidy = (text: string, use: TextUse) => { readonly text: string; readonly lost: readonly string[] }

/** What texts are filled in with by a suite, besides a test profile's variables. */
export const suiteTemplates: readonly string[] = ['run.key', 'scenario.key', 'scenario.name']

/** Words that were really said: nothing in them is to act, so what looks like a tag or a template is broken up. */
export function asWords(said: string): { readonly text: string; readonly changed: boolean } {
  const text = said.replaceAll(/<(?=\/?[A-Za-z_])/g, '< ').replaceAll(/\{(?=\{)/g, '{ ')
  return { text, changed: text !== said }
}
