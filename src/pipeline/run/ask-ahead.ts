import type { RunSpec } from '../../domain/plan.js'
import type { ModelUse } from '../../ports/language-model.js'
import type { RunContext } from './run-use.js'
import type { LentSignal } from './signals.js'

/** Lets the judge ask, while a conversation is conducted, what does not depend on it. */
export class AskAhead {
  readonly #use: RunContext
  #lent: LentSignal | undefined
  #asked: Promise<void> | undefined

  constructor(use: RunContext) {
    this.#use = use
  }

  /** The agent is reached, so that there will be something to judge. */
  begin(spec: RunSpec, spent: ModelUse['spent']): void {
    const { prepareJudge, signals } = this.#use
    if (!prepareJudge) return
    this.#lent = signals.lend()
    this.#asked = prepareJudge(spec, { signal: this.#lent.signal, spent })
  }

  /** Abandons what is not answered. @returns What resolves once it is paid for; nothing if nothing was asked. */
  end(): Promise<void> | undefined {
    const lent = this.#lent
    if (!this.#asked) lent?.[Symbol.dispose]()
    else {
      lent?.abort(new Error('the call is over'))
      return this.#asked.finally(() => lent?.[Symbol.dispose]())
    }
    return undefined
  }
}
