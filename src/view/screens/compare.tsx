import { type Change, changesIn, pText, sharesText } from '../../domain/comparison-changes.js'
import { comparisonText } from '../../domain/comparison-text.js'
import type { ComparedResult, ComparedRun, Comparison, DifferenceFinding, ShownComparison } from '../../domain/comparison.js'
import { comparedLimits } from '../../domain/compared-limits.js'
import { conditionText } from '../../domain/conditions.js'
import { count } from '../../domain/count.js'
import { outcomeView } from '../model/run-view.js'
import { timeText } from '../parts/figures.js'
import { Mark, OutcomeBadge } from '../parts/mark.js'
import { type PairSide, TurnPairs } from '../parts/turn-pairs.js'
import { Words } from '../parts/words.js'

/** Longer lists are cut, except for what got worse. */
const mostLines = 200
const mostOpen = 10

/** S5: what got better or worse from one result to another, beyond chance. */
export function CompareScreen({ shown: { comparison, pairs } }: { readonly shown: ShownComparison }) {
  const changes = changesIn(comparison)
  const of = (verdict: DifferenceFinding['verdict']): Change[] => changes.filter(({ finding }) => finding.verdict === verdict)
  const notCompared = comparison.cases
    .filter(({ passRate }) => !passRate)
    .map(({ key, base, new: now }) => `${key}: ${sharesText(base, now)}`)
  return (
    <>
      <h1>{titles[comparison.verdict]}</h1>
      <Sides comparison={comparison} />
      <p>{comparisonText(comparison)}.</p>
      <Changes title="Worse" changes={of('worse')} status="failed" />
      <Changes title="Better" changes={of('better')} status="passed" />
      <Changes title="Changed, but nothing says which direction is better" changes={of('changed')} status="could_not_tell" />
      {pairs.length > 0 && (
        <section>
          <h2>Before and after</h2>
          {pairs.map((pair, i) => (
            <details key={pair.key} class="example" open={i === 0}>
              <summary>
                <Words text={pair.key} />
              </summary>
              <TurnPairs sides={[sideWith('Before', pair.base), sideWith('After', pair.new)]} />
            </details>
          ))}
        </section>
      )}
      <Changes
        title="Moved, but no more than chance could explain"
        changes={of('unclear').filter(({ isMove }) => isMove)}
        status="not_run"
        most={mostLines}
      />
      <Keys title="Not compared: no run was counted" keys={notCompared} />
      <Keys title="Too few runs: even a change from always passing to never passing would be unclear" keys={comparison.tooFewRuns} />
      <Keys title="Flaky" keys={comparison.flaky.map(({ key, base, new: now }) => `${key}: ${sharesText(base, now)}`)} />
      <Keys title="Only in the new result" keys={comparison.added} />
      <Keys title="Only in the base" keys={comparison.gone} />
    </>
  )
}

const titles: Readonly<Record<Comparison['verdict'], string>> = {
  regressed: '✗ Regressed',
  no_regression: '✓ No regression found',
  nothing_compared: '! Nothing to compare',
}

function sideWith(when: string, run: ComparedRun | undefined): PairSide {
  return {
    attempt: run && outcomeView(run.outcome, { join: run.join }),
    title: run ? (
      <>
        {when}: <Words text={run.run} /> <OutcomeBadge status={run.outcome.status} />
      </>
    ) : (
      `${when}: no conversation`
    ),
  }
}

function Sides({ comparison }: { readonly comparison: Comparison }) {
  const { base, new: now } = comparison
  const conditions = [...comparedLimits(comparison), ...comparison.conditions.map(conditionText)]
  const sameCalls = now.rescoredFrom === base.result || base.rescoredFrom === now.result
  return (
    <>
      {conditions.length > 0 && (
        <div class="verdict could_not_tell">
          <strong>
            <span aria-hidden="true">⚠ </span>Not the same conditions
          </strong>
          <ul>
            {conditions.map(text => (
              <li key={text}>
                <Words text={text} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {sameCalls && <p>One result was rescored from the other: the conversations are the same, so no difference is due to chance.</p>}
      <table class="sides stacked">
        <thead>
          <tr>
            <th scope="col">Result</th>
            <th scope="col">Suite</th>
            <th scope="col">Agents</th>
            <th scope="col">Started</th>
          </tr>
        </thead>
        <tbody>
          <Result name="Base" result={base} />
          <Result name="New" result={now} />
        </tbody>
      </table>
    </>
  )
}

function Result({ name, result: { result, suite, agents, startedAt } }: { readonly name: string; readonly result: ComparedResult }) {
  return (
    <tr>
      <th scope="row">
        {name}: <Words text={result} />
      </th>
      <td>
        <Words text={suite} />
      </td>
      <td>
        <Words text={agents} />
      </td>
      <td>{timeText(startedAt)}</td>
    </tr>
  )
}

function Changes({
  title,
  changes,
  status,
  most = Infinity,
}: {
  readonly title: string
  readonly changes: readonly Change[]
  readonly status: Parameters<typeof Mark>[0]['status']
  readonly most?: number
}) {
  if (changes.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul class="changes">
        {changes.slice(0, most).map(({ about, what, finding }, i) => (
          <li key={i}>
            <Mark status={status} word={title} />
            <div>
              <Words text={about} />
              <div>
                <Words text={what} /> <span class="note">{pText(finding)}</span>
              </div>
            </div>
          </li>
        ))}
      </ul>
      {changes.length > most && <p class="note">and {count(changes.length - most, 'more line')}</p>}
    </section>
  )
}

/** Long lists are folded. */
function Keys({ title, keys }: { readonly title: string; readonly keys: readonly string[] }) {
  if (keys.length === 0) return null
  const list = (
    <>
      <ul>
        {keys.slice(0, mostLines).map(key => (
          <li key={key}>
            <Words text={key} />
          </li>
        ))}
      </ul>
      {keys.length > mostLines && <p class="note">and {keys.length - mostLines} more</p>}
    </>
  )
  return (
    <section>
      <h2>{title}</h2>
      {keys.length <= mostOpen ? (
        list
      ) : (
        <details>
          <summary>{count(keys.length, 'case')}</summary>
          {list}
        </details>
      )}
    </section>
  )
}
