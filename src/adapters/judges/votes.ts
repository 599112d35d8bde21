import type { LanguageModel, ModelRequest, ModelUse } from '../../ports/language-model.js'

/** Asks the same question several times at once. Each answer is one vote. */
export async function askVotes(
  model: LanguageModel,
  votes: number,
  use: ModelUse,
  request: Omit<ModelRequest, 'vote'>,
): Promise<readonly unknown[]> {
  if (votes === 1) return [await model.ask(request, use)]
  return Promise.all(Array.from({ length: votes }, (_, i) => model.ask({ ...request, vote: i + 1 }, use)))
}
