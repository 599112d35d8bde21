import { mostExamples } from '../model/example.js'
import type { RunView } from '../model/run-view.js'
import type { ViewIndex } from '../model/view-index.js'
import { Conversation } from './conversation.js'
import { OutcomeBadge } from './mark.js'
import { Words } from './words.js'

/** The conversations of the first causes, folded. @param examples  By the index of the run. */
export function Examples({ index, examples }: { readonly index: ViewIndex; readonly examples: ReadonlyMap<number, RunView> }) {
  const causes = (index.report.causes ?? []).slice(0, mostExamples)
  if (causes.length === 0) return null
  return (
    <section id="examples" aria-labelledby="examples-title">
      <h2 id="examples-title">One example each</h2>
      {causes.map((cause, place) => (
        <details key={cause.id} class="example" id={`example-${place + 1}`}>
          <summary>
            <Words text={cause.example.run} />: <Words text={cause.check} />
          </summary>
          <ExampleBody example={examples.get(cause.example.index)} />
        </details>
      ))}
    </section>
  )
}

function ExampleBody({ example }: { readonly example: RunView | undefined }) {
  const attempt = example?.attempts.at(-1)
  if (!attempt) return <p class="note">The run is not in this result.</p>
  const { status, isSilent, conversation, missed } = attempt
  return (
    <>
      <p>
        <OutcomeBadge status={status} />
      </p>
      {isSilent && <p class="note">The conversation was left out of this page.</p>}
      {conversation && <Conversation conversation={conversation} missed={missed} />}
    </>
  )
}
