import { shorten } from '../../domain/safe-text.js'
import type { Check, JudgedClaim, Verdict } from '../../domain/verdict.js'
import { CheckMark } from './mark.js'
import { Words } from './words.js'

/** What was checked: what, whether it matches, and what was seen instead. */
export function Checks({ verdict, turnLink }: { readonly verdict: Verdict; readonly turnLink: (turn: number) => string }) {
  const { checks, outcome } = verdict
  if (checks.length === 0) return <p class="note">Nothing was checked.</p>
  const order = { no: 0, unknown: 1, yes: 2 } as const
  const sorted = checks.toSorted((a, b) => order[a.holds] - order[b.holds])
  const claims = new Map((outcome?.claims ?? []).map(claim => [claim.claim, claim]))
  return (
    <ul class="checks">
      {sorted.map((check, i) => (
        <li key={i} class={check.holds}>
          <CheckMark holds={check.holds} />
          <div>
            <Words text={shorten(check.assertion, 2000)} />
            {check.because !== '' && (
              <div class="seen">
                <span class="note">{check.judged ? 'judge' : 'seen'}: </span>
                <Words text={shorten(check.because, 2000)} />
              </div>
            )}
            <Evidence check={check} claim={claimOf(check, claims)} turnLink={turnLink} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function claimOf({ assertion, judged }: Check, claims: ReadonlyMap<string, JudgedClaim>): JudgedClaim | undefined {
  if (!judged) return undefined
  return claims.get(assertion) ?? [...claims.values()].find(({ claim }) => assertion.includes(claim))
}

function Evidence({
  check: { turn, line },
  claim,
  turnLink,
}: {
  readonly check: Check
  readonly claim: JudgedClaim | undefined
  readonly turnLink: (turn: number) => string
}) {
  const parts = [
    ...(claim?.quote === undefined
      ? []
      : [
          <q key="quote">
            <Words text={shorten(claim.quote, 500)} />
          </q>,
        ]),
    ...(claim?.votes ? [`votes: ${claim.votes.yes} yes, ${claim.votes.no} no, ${claim.votes.unknown} inconclusive`] : []),
    ...(turn === undefined
      ? []
      : [
          <a key="turn" href={turnLink(turn)}>
            turn {turn}
          </a>,
        ]),
    ...(line === undefined ? [] : [`line ${line}`]),
  ]
  return <div class="note">{parts.flatMap((part, i) => (i === 0 ? [part] : [' · ', part]))}</div>
}

/** The metrics of a run. */
export function RunMetrics({ verdict: { metrics } }: { readonly verdict: Verdict }) {
  const shown = metrics.filter(({ applies }) => applies !== false)
  if (shown.length === 0) return null
  return (
    <details class="metrics">
      <summary>Metrics ({shown.length})</summary>
      <dl>
        {shown.map(({ metric, value, because, explanation, votes }) => (
          <div key={metric}>
            <dt>
              <Words text={metric} />
            </dt>
            <dd>
              {value === null ? <span class="note">not scored</span> : <Words text={String(value)} />}
              {votes && <span class="note"> votes: {votes.map(String).join(', ')}</span>}
              {(explanation ?? because) !== undefined && (
                <span class="note">
                  {' '}
                  <Words text={shorten(explanation ?? because ?? '', 500)} />
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}
