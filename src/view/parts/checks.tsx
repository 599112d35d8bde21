import type { ShownCheck, ShownMetric } from '../model/shown-checks.js'
import { CheckMark } from './mark.js'
import { Words } from './words.js'

/** What was checked: what, whether it matches, and what was seen instead. */
export function Checks({ checks, turnLink }: { readonly checks: readonly ShownCheck[]; readonly turnLink: (turn: number) => string }) {
  if (checks.length === 0) return <p class="note">Nothing was checked.</p>
  return (
    <ul class="checks">
      {checks.map(({ what, seen, holds, judged, quote, votes, people, turn, line }, i) => (
        <li key={i} class={holds}>
          <CheckMark holds={holds} />
          <div>
            <Words text={what} />
            {seen !== '' && (
              <div class="seen">
                <span class="note">{judged ? 'judge' : 'seen'}: </span>
                <Words text={seen} />
              </div>
            )}
            <div class="note facts">
              {(quote ?? turn) !== undefined && (
                <a {...(turn !== undefined && { href: turnLink(turn) })}>
                  {quote === undefined ? (
                    `turn ${turn}`
                  ) : (
                    <q>
                      <Words text={quote} />
                    </q>
                  )}
                </a>
              )}
              {votes !== undefined && <span>{votes}</span>}
              {people !== undefined && <Words text={people} />}
              {line !== undefined && <span>line {line}</span>}
            </div>
          </div>
        </li>
      ))}
    </ul>
  )
}

/** The metrics of a run. */
export function RunMetrics({ metrics }: { readonly metrics: readonly ShownMetric[] }) {
  if (metrics.length === 0) return null
  return (
    <details class="metrics">
      <summary>Metrics ({metrics.length})</summary>
      <dl>
        {metrics.map(({ metric, value, note }) => (
          <div key={metric}>
            <dt>
              <Words text={metric} />
            </dt>
            <dd>
              <Words text={value ?? 'not scored'} />{' '}
              {note !== undefined && (
                <span class="note">
                  <Words text={note} />
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
