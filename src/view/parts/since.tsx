import { changesIn } from '../../domain/comparison-changes.js'
import { comparisonWarnings } from '../../domain/compared-limits.js'
import { comparisonText } from '../../domain/comparison-text.js'
import type { Comparison } from '../../domain/comparison.js'
import { hashOf } from '../model/route.js'
import { timeText } from './figures.js'
import { Link } from './link.js'
import { Mark } from './mark.js'
import { Words } from './words.js'

const mostWorse = 5

/** What changed since the baseline, in a few lines. */
export function Since({ comparison }: { readonly comparison: Comparison }) {
  const { base } = comparison
  const worse = changesIn(comparison).filter(({ finding }) => finding.verdict === 'worse')
  return (
    <section aria-labelledby="since-title">
      <h2 id="since-title">
        Since <Words text={base.agents} />, {timeText(base.startedAt)}
      </h2>
      {comparisonWarnings(comparison).map(text => (
        <p key={text}>
          <span aria-hidden="true">⚠ </span>
          <Words text={text} />
        </p>
      ))}
      <p>
        <Link to={hashOf({ screen: 'compare' })}>{comparisonText(comparison)}</Link>.
      </p>
      <ul class="changes">
        {worse.slice(0, mostWorse).map(({ about, what }, i) => (
          <li key={i}>
            <Mark status="failed" word="worse" />
            <div>
              <Words text={about} />: <Words text={what} />
            </div>
          </li>
        ))}
      </ul>
      {worse.length > mostWorse && <p class="note">and {worse.length - mostWorse} more</p>}
    </section>
  )
}
