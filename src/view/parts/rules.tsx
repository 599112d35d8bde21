import { shorten } from '../../domain/safe-text.js'
import type { PastRule } from '../../domain/event.js'
import type { Gate, GateLine } from '../../domain/report.js'
import { IntervalBar } from './interval-bar.js'
import { RuleMark, ruleWords } from './mark.js'
import { Words } from './words.js'

/** The rules of the gate: those that are not met first. */
export function Rules({ gate: { lines }, bar }: { readonly gate: Gate; readonly bar: readonly PastRule[] | undefined }) {
  if (lines.length === 0) return null
  const order: readonly GateLine['verdict'][] = ['not_met', 'could_not_tell', 'met']
  const sorted = order.flatMap(verdict => lines.filter(line => line.verdict === verdict))
  const gone = (bar ?? []).filter(past => !lines.some(line => isSameRule(line, past)))
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
            <RuleRow key={i} line={line} was={bar && wasText(line, bar)} />
          ))}
        </tbody>
      </table>
      {gone.length > 0 && (
        <p class="note">
          No longer required: <Words text={gone.map(({ scope, rule, required }) => `${scope} ${rule} ${required}`).join('; ')} />
        </p>
      )}
    </section>
  )
}

/** How the requirement was before; empty if it was the same. */
function wasText(line: GateLine, bar: readonly PastRule[]): string {
  const past = bar.find(each => isSameRule(line, each))
  if (past?.required === line.required) return ''
  return past ? `was ${past.required}` : 'new'
}

function isSameRule(a: PastRule, b: PastRule): boolean {
  return a.scope === b.scope && a.rule === b.rule
}

function RuleRow({ line, was }: { readonly line: GateLine; readonly was: string | undefined }) {
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
        {was && (
          <div class="note">
            <Words text={was} />
          </div>
        )}
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
