import { shorten } from '../../domain/safe-text.js'
import type { Gate, GateLine } from '../../domain/report.js'
import { IntervalBar } from './interval-bar.js'
import { RuleMark, ruleWords } from './mark.js'
import { Words } from './words.js'

/** The rules of the gate: those that are not met first. */
export function Rules({ gate: { lines } }: { readonly gate: Gate }) {
  if (lines.length === 0) return null
  const order: readonly GateLine['verdict'][] = ['not_met', 'could_not_tell', 'met']
  const sorted = order.flatMap(verdict => lines.filter(line => line.verdict === verdict))
  return (
    <section aria-labelledby="rules-title">
      <h2 id="rules-title">What decides it</h2>
      <table class="rules">
        <thead>
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">Rule</th>
            <th scope="col">Required</th>
            <th scope="col">Measured</th>
            <th scope="col">0 to 100 %</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((line, i) => (
            <RuleRow key={i} line={line} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function RuleRow({ line }: { readonly line: GateLine }) {
  const { scope, rule, required, measured, because, verdict } = line
  return (
    <tr class={verdict}>
      <td class="outcome">
        <RuleMark verdict={verdict} /> <span aria-hidden="true">{ruleWords[verdict]}</span>
      </td>
      <th scope="row">
        <span class="note">
          <Words text={scope} />
        </span>{' '}
        <Words text={rule} />
      </th>
      <td>
        <Words text={required} />
      </td>
      <td>
        <Words text={measured} />
        {because !== undefined && verdict !== 'met' && (
          <div class="note">
            <Words text={shorten(because, 500)} />
          </div>
        )}
      </td>
      <td class="drawing">
        <IntervalBar line={line} />
      </td>
    </tr>
  )
}
