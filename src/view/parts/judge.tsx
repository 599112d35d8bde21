import type { ViewIndex } from '../model/view-index.js'
import { CheckMark } from './mark.js'
import { Words } from './words.js'

/** The judge, and how far it can be trusted. */
export function Judge({ index: { started, report } }: { readonly index: ViewIndex }) {
  const { judge } = started.plan
  if (!judge) return null
  const { controls = [], votes } = report
  const agreed = controls.filter(({ holds }) => holds === 'yes').length
  return (
    <section aria-labelledby="judge-title">
      <h2 id="judge-title">Judge</h2>
      <p>
        <Words text={judge.model} />
        {judge.temperature !== undefined && `, temperature ${judge.temperature}`}
        {`, ${judge.votes} ${judge.votes === 1 ? 'vote' : 'votes'}`}
        {controls.length > 0 && ` · agreed with ${agreed} of ${controls.length} controls`}
        {votes && ` · votes split on ${votes.split} of ${votes.answers} answers`}
      </p>
      {agreed < controls.length && (
        <ul class="checks">
          {controls
            .filter(({ holds }) => holds !== 'yes')
            .map(({ control, holds, because }) => (
              <li key={control} class={holds}>
                <CheckMark holds={holds} />
                <div>
                  <Words text={control} />
                  <div class="seen">
                    <Words text={because} />
                  </div>
                </div>
              </li>
            ))}
        </ul>
      )}
    </section>
  )
}
