import type { ModelUse } from '../../ports/language-model.js'

/** Asks for something once for each key, however many conversations need it at the same time. */
export interface Once<Answer> {
  /** @throws what `ask` throws. The next call asks again. */
  get(key: string, use: ModelUse, ask: (use: ModelUse) => Promise<Answer>): Promise<Answer>
}

export function createOnce<Answer>(): Once<Answer> {
  const known = new Map<string, { readonly answer: Promise<Answer>; readonly signal: AbortSignal }>()

  return {
    async get(key, use, ask) {
      for (;;) {
        let asked = known.get(key)
        if (!asked) {
          const answer = ask(use)
          asked = { answer, signal: use.signal }
          known.set(key, asked)
          answer.catch(() => known.delete(key))
        }
        try {
          return await asked.answer
        } catch (cause) {
          // The first caller was cancelled; the others ask again.
          if (use.signal.aborted || !asked.signal.aborted) throw cause
        }
      }
    },
  }
}
