import type { Site } from '../../domain/site.js'
import { FormToken } from './site-head.js'

/** What people can do with a result of a server. */
export function ResultActions({
  id,
  isOver,
  hasJudge,
  site: { formToken, signer },
}: {
  readonly id: number
  readonly isOver: boolean
  readonly hasJudge: boolean
  readonly site: Site
}) {
  if (formToken === undefined) return null
  return (
    <section class="result-actions" aria-label="Actions">
      {isOver ? (
        <>
          <Action id={id} name="rerun" token={formToken} label="Run again" />
          <form method="post" action={`/ui/results/${id}/share`}>
            <FormToken token={formToken} />
            <label>
              Share for{' '}
              <select name="days">
                <option value="1">1 day</option>
                <option value="7" selected>
                  7 days
                </option>
                <option value="30">30 days</option>
                <option value="90">90 days</option>
              </select>
            </label>
            <button>Make a link</button>
          </form>
          {signer !== undefined && <a href={`/ui/results/${id}/sign`}>Sign off</a>}
          {hasJudge && <a href={`/ui/results/${id}/review`}>Review the judge</a>}
          <a href={`/ui/results/${id}/report.html`} download={`result-${id}.html`}>
            Download this page
          </a>
        </>
      ) : (
        <Action id={id} name="end" token={formToken} label="End all calls" />
      )}
    </section>
  )
}

function Action({
  id,
  name,
  token,
  label,
}: {
  readonly id: number
  readonly name: string
  readonly token: string
  readonly label: string
}) {
  return (
    <form method="post" action={`/ui/results/${id}/${name}`}>
      <FormToken token={token} />
      <button>{label}</button>
    </form>
  )
}
