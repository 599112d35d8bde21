import { timeline } from '../model/timeline.js'
import { recordCommands } from '../model/record-commands.js'
import type { ViewIndex } from '../model/view-index.js'
import { timeText } from '../parts/figures.js'
import { Signatures } from '../parts/signatures.js'
import { Words } from '../parts/words.js'

/** S7 below what was tested: when, and how to check this page. */
export function RecordScreen({ index }: { readonly index: ViewIndex }) {
  const { report } = index
  return (
    <>
      <Signatures signatures={index.signatures ?? []} />
      <section aria-labelledby="times-title">
        <h2 id="times-title">When</h2>
        <dl class="record">
          {timeline(index).map(({ at, what, detail }) => (
            <div key={`${at} ${what}`}>
              <dt>{what}</dt>
              <dd>
                {timeText(at)}
                <Words text={detail} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="check-title">
        <h2 id="check-title">How to check this page</h2>
        <p>A page can be edited. The record is the journal of the result; where you have it, these commands read it:</p>
        <dl class="commands">
          {recordCommands(index).map(([command, what]) => (
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
