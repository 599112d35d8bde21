import { durationText } from '../../domain/duration.js'
import type { ViewIndex } from '../model/view-index.js'
import { quoted } from '../parts/copying.js'
import { timeText } from '../parts/figures.js'
import { Signatures } from '../parts/signatures.js'
import { Words } from '../parts/words.js'

/** S7 below what was tested: when, and how to check this page. */
export function RecordScreen({ index }: { readonly index: ViewIndex }) {
  const { report, started } = index
  const result = quoted(report.result)
  const commands = [
    [`callsheet report ${result}`, 'counts the result again from its runs; exit code 3 if its last line says otherwise'],
    [`callsheet report ${result} --html again.html`, 'makes this page again: the same result gives the same bytes'],
    [`callsheet report ${result} --json report.json`, 'writes everything as JSON: runs, conversations, checks and digests'],
    [
      `callsheet verify ${result} --keys keys.yaml`,
      'checks who signed, and that the journal, its counts and the suite are what they signed',
    ],
    [`callsheet rescore ${result}`, 'scores the stored conversations again with the suite as it is now'],
    [`callsheet run ${quoted(started.suite.file)}`, 'runs the suite again'],
  ] as const
  return (
    <>
      <Signatures signatures={index.signatures ?? []} />
      <section aria-labelledby="times-title">
        <h2 id="times-title">When</h2>
        <dl class="record">
          <div>
            <dt>Started</dt>
            <dd>{timeText(report.startedAt)}</dd>
          </div>
          <div>
            <dt>Ended</dt>
            <dd>
              {timeText(report.endedAt)}, after {durationText(report.durationMs)}
            </dd>
          </div>
        </dl>
      </section>
      <section aria-labelledby="check-title">
        <h2 id="check-title">How to check this page</h2>
        <p>A page can be edited. The record is the journal of the result; where you have it, these commands read it:</p>
        <dl class="commands">
          {commands.map(([command, what]) => (
            <div key={command}>
              <dt>
                <code>
                  <Words text={command} />
                </code>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <p>
          <a download={`${report.result}.json`} data-download>
            Download what this page counts, as JSON
          </a>
        </p>
      </section>
    </>
  )
}
