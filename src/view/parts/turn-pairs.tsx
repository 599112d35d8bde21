import type { ComparedPair, ComparedRun } from '../../domain/comparison.js'
import { shortfalls } from '../../domain/shortfall.js'
import type { Outcome } from '../../domain/outcome.js'
import { type ConversationLine, conversationLines } from '../model/conversation-lines.js'
import { firstDifference } from '../model/first-difference.js'
import { LongWords } from './long-words.js'
import { OutcomeBadge } from './mark.js'
import { Words } from './words.js'

/** Two conversations of a case side by side, turn by turn; the first turn in which the agent differs is marked. */
export function TurnPairs({ pair: { base, new: now } }: { readonly pair: ComparedPair }) {
  const [before, after] = [linesOf(base), linesOf(now)]
  const turns = [...new Set([...before, ...after].map(({ turn }) => turn))].toSorted((a, b) => a - b)
  const [a, b] = [transcriptOf(base?.outcome), transcriptOf(now?.outcome)]
  const different = a && b && firstDifference(a, b)
  return (
    <table class="pair">
      <thead>
        <tr>
          <th scope="col">
            Before: <Side run={base} />
          </th>
          <th scope="col">
            After: <Side run={now} />
          </th>
        </tr>
      </thead>
      <tbody>
        {turns.map(turn => (
          <tr key={turn} class={turn === different ? 'different' : undefined}>
            {[before, after].map((lines, i) => (
              <td key={i}>
                {turn === different && i === 0 && <div class="differs">The agent first differs here.</div>}
                {lines
                  .filter(line => line.turn === turn)
                  .map((line, at) => (
                    <Line key={at} line={line} />
                  ))}
              </td>
            ))}
          </tr>
        ))}
        <tr>
          {[base, now].map((run, i) => (
            <td key={i}>
              <Missed outcome={run?.outcome} />
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

function Side({ run }: { readonly run: ComparedRun | undefined }) {
  if (!run) return <span class="note">no conversation</span>
  return (
    <>
      <Words text={run.run} /> <OutcomeBadge status={run.outcome.status} />
    </>
  )
}

function Line({ line }: { readonly line: ConversationLine }) {
  if (line.kind === 'tool') {
    return (
      <p class="note">
        Tool <Words text={line.name} />
        {line.sent !== undefined && (
          <>
            {' '}
            <LongWords text={line.sent} />
          </>
        )}
        {line.got !== undefined && (
          <>
            {' → '}
            <LongWords text={line.got} />
          </>
        )}
      </p>
    )
  }
  return (
    <p class={`moment-${line.by}`}>
      <b class="who">{line.by === 'agent' ? 'Agent' : 'Caller'}:</b> <LongWords text={line.text} />
    </p>
  )
}

function Missed({ outcome }: { readonly outcome: Outcome | undefined }) {
  if (!outcome) return null
  return (
    <>
      {shortfalls(outcome).map(({ what, seen }) => (
        <p key={what} class="shown">
          <span aria-hidden="true">✗ </span>
          <Words text={what} />
          {seen !== '' && (
            <span class="note">
              {' seen: '}
              <Words text={seen} />
            </span>
          )}
        </p>
      ))}
    </>
  )
}

function linesOf(run: ComparedRun | undefined): ConversationLine[] {
  const transcript = transcriptOf(run?.outcome)
  return run && transcript ? conversationLines(transcript, run.join) : []
}

function transcriptOf(outcome: Outcome | undefined) {
  return outcome && 'transcript' in outcome ? outcome.transcript : undefined
}
