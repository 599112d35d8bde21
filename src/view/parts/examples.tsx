import { usualMessages } from '../../domain/turn-text.js'
import { shortfalls } from '../../domain/shortfall.js'
import { type Example, mostExamples } from '../model/example.js'
import type { ViewIndex } from '../model/view-index.js'
import { Conversation } from './conversation.js'
import { OutcomeBadge } from './mark.js'
import { Words } from './words.js'

/** The conversations of the first causes, folded. @param examples  By the index of the run. */
export function Examples({ index, examples }: { readonly index: ViewIndex; readonly examples: ReadonlyMap<number, Example> }) {
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

function ExampleBody({ example }: { readonly example: Example | undefined }) {
  const attempt = example?.run.attempts.at(-1)
  if (!example || !attempt) return <p class="note">The run is not in this result.</p>
  const { outcome, isSilent } = attempt
  return (
    <>
      <p>
        <OutcomeBadge status={outcome.status} />
      </p>
      {isSilent && <p class="note">The conversation was left out of this page.</p>}
      {'transcript' in outcome && !isSilent && (
        <Conversation
          transcript={outcome.transcript}
          join={(example.row.entry.agent.messages ?? usualMessages).join}
          missed={shortfalls(outcome)}
        />
      )}
    </>
  )
}
