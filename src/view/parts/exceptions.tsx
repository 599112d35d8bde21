import { count } from '../../domain/count.js'
import type { Report, UsedWaiver } from '../../domain/report.js'
import { daysLeft } from '../../domain/waiver.js'
import { Words } from './words.js'

/** What the suite makes exceptions for: until when, and who answers for it. */
export function Exceptions({ report: { waived, startedAt } }: { readonly report: Report }) {
  if (!waived || waived.waivers.length === 0) return null
  return (
    <section aria-labelledby="exceptions-title">
      <h2 id="exceptions-title">Exceptions</h2>
      <ul class="causes">
        {waived.waivers.map((waiver, i) => (
          <Exception key={i} waiver={waiver} startedAt={startedAt} />
        ))}
      </ul>
    </section>
  )
}

function Exception({ waiver, startedAt }: { readonly waiver: UsedWaiver; readonly startedAt: string }) {
  const { case: key, check, reason, issue, owner, expires, state, runs } = waiver
  const left = daysLeft(expires, new Date(startedAt))
  return (
    <li>
      <span class={`exception ${state}`}>{state === 'applied' ? `covers ${count(runs, 'run')}` : state}</span>
      <div>
        <div class="check">
          <Words text={key} />
          {check !== undefined && (
            <>
              {': '}
              <Words text={check} />
            </>
          )}
        </div>
        <Words text={reason} />
        <div class="note">
          <Words text={issue} /> · <Words text={owner} /> · until the end of <Words text={expires} />, UTC
          {left > 0 && ` (${count(left, 'day')} from the start of the result)`}
        </div>
      </div>
    </li>
  )
}
