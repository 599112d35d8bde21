import type { ComponentChildren } from 'preact'
import type { ConversationLine } from '../model/conversation-lines.js'
import { firstDifference } from '../model/first-difference.js'
import type { AttemptView } from '../model/run-view.js'
import { LongWords } from './long-words.js'
import type { Loaded } from './use-run.js'
import { Words } from './words.js'

/** A conversation of a pair: its title, and the attempt that has it. */
export interface PairSide {
  readonly title: ComponentChildren
  readonly attempt: Pick<AttemptView, 'conversation' | 'missed'> | undefined
}

/** A run of the page as a side, as far as it is there. */
export function sideOf(title: ComponentChildren, loaded: Loaded): PairSide {
  return {
    title: (
      <>
        {title}
        {loaded.state === 'left_out' && ' was left out of the page'}
      </>
    ),
    attempt: loaded.state === 'loaded' ? loaded.run.attempts.at(-1) : undefined,
  }
}

/** Two conversations of a case side by side, turn by turn; the first turn in which the agent differs is marked. */
export function TurnPairs({ sides }: { readonly sides: readonly [PairSide, PairSide] }) {
  const [before, after] = sides.map(({ attempt }) => attempt?.conversation?.lines)
  const turns = [...new Set([...(before ?? []), ...(after ?? [])].map(({ turn }) => turn))].toSorted((a, b) => a - b)
  const different = before && after && firstDifference(before, after)
  return (
    <>
      {before && after && different === undefined && <p class="note">The agent said and did the same in both.</p>}
      <table class="pair">
        <thead>
          <tr>
            {sides.map(({ title }, i) => (
              <th key={i} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {turns.map(turn => (
            <tr key={turn} class={turn === different ? 'different' : undefined}>
              {[before, after].map((lines, i) => (
                <td key={i}>
                  {turn === different && i === 0 && <div class="differs">The agent first differs here.</div>}
                  {lines?.map((line, at) => line.turn === turn && <Line key={at} line={line} />)}
                </td>
              ))}
            </tr>
          ))}
          <tr>
            {sides.map(({ attempt }, i) => (
              <td key={i}>
                <Missed attempt={attempt} />
              </td>
            ))}
          </tr>
        </tbody>
      </table>
    </>
  )
}

function Line({ line }: { readonly line: ConversationLine }) {
  if (line.kind === 'tool') {
    const { name, sent, got } = line
    return (
      <p class="note">
        Tool <LongWords text={[name, sent, got !== undefined && `→ ${got}`].filter(Boolean).join(' ')} />
      </p>
    )
  }
  return (
    <p class={`moment-${line.by}`}>
      <b class="who">{line.by === 'agent' ? 'Agent' : 'Caller'}:</b> <LongWords text={line.text} />
    </p>
  )
}

function Missed({ attempt }: Pick<PairSide, 'attempt'>) {
  return (
    <>
      {attempt?.missed.map(({ what, seen }) => (
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
