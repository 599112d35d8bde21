import { type Agreement, agreementText } from '../../domain/review.js'
import type { ViewIndex } from '../model/view-index.js'
import { CheckMark } from './mark.js'
import { Words } from './words.js'

/** The judge, and how far it can be trusted. */
export function Judge({ index: { started, report, agreement } }: { readonly index: ViewIndex }) {
  const { judge } = started.plan
  if (!judge && !agreement) return null
  const { controls = [], votes } = report
  const agreed = controls.filter(({ holds }) => holds === 'yes').length
  return (
    <section aria-labelledby="judge-title">
      <h2 id="judge-title">Judge</h2>
      <p>
        {judge && (
          <>
            <Words text={judge.model} />
            {judge.temperature !== undefined && `, temperature ${judge.temperature}`}
            {`, ${judge.votes} ${judge.votes === 1 ? 'vote' : 'votes'}`}
          </>
        )}
        {controls.length > 0 && ` · agreed with ${agreed} of ${controls.length} controls`}
        {votes && ` · votes split on ${votes.split} of ${votes.answers} answers`}
      </p>
      {agreement && <Reviewed agreement={agreement} />}
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

/** What people said who did not see what the judge had said. */
function Reviewed({ agreement }: { readonly agreement: Agreement }) {
  const { parts, yesOrNo } = agreement
  const { bothYes, bothNo, judgeYes, judgeNo } = yesOrNo
  return (
    <>
      <p>Reviewed blind: {agreementText(agreement)}.</p>
      {parts.length > 1 && (
        <ul>
          {parts.map(({ what, agreed, answers }) => (
            <li key={what}>
              <Words text={what} />: {agreed} of {answers}
            </li>
          ))}
        </ul>
      )}
      {bothYes + bothNo + judgeYes + judgeNo > 0 && (
        <table class="figures-table">
          <thead>
            <tr>
              <th scope="col">Yes or no</th>
              <th scope="col">People said yes</th>
              <th scope="col">People said no</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">The judge said yes</th>
              <td>{bothYes}</td>
              <td>{judgeYes}</td>
            </tr>
            <tr>
              <th scope="row">The judge said no</th>
              <td>{judgeNo}</td>
              <td>{bothNo}</td>
            </tr>
          </tbody>
        </table>
      )}
    </>
  )
}
