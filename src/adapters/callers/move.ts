import type { ModelRequest } from '../../ports/language-model.js'

/** What a model wants its caller to do next. */
export interface Move {
  /** The model's reason, in a few words. */
  readonly why: string
  readonly goal: 'open' | 'reached' | 'out_of_reach'
  readonly say: string
  /** Whether `say` asks the agent for anything. */
  readonly asks: boolean
  readonly next: Next
  readonly digits: string
  readonly hold_s: number
}

type Next = 'reply' | 'end_call' | 'hold' | 'dtmf' | 'wait'

const meanings: Readonly<Record<Next, string>> = {
  reply: 'listen to the agent',
  end_call: 'hang up, after saying "say"',
  hold: 'keep the agent waiting for hold_s seconds, after saying "say"',
  dtmf: 'press the telephone keys in "digits", after saying "say", which may be empty',
  wait: 'say nothing and listen on, because the agent is not done',
}

/** @param canWait  Whether the agent can speak again unprompted. */
export function moveAnswer(canWait: boolean): ModelRequest['answer'] {
  const ways = waysOf(canWait)
  const properties = {
    why: { type: 'string', description: 'Why you do this, in at most ten words. Nobody in the call hears it.' },
    goal: {
      type: 'string',
      enum: ['open', 'reached', 'out_of_reach'],
      description: 'Whether what you want is done by now (the agent has said so, or you have what you asked for), or plainly cannot be.',
    },
    say: { type: 'string', description: 'Your words to the agent: one short turn.' },
    asks: { type: 'boolean', description: 'Whether "say" asks the agent to do or to answer anything.' },
    next: { type: 'string', enum: ways, description: ways.map(way => `${way}: ${meanings[way]}`).join('; ') },
    digits: { type: 'string', description: 'For dtmf: keys 0-9 * #. Else empty.' },
    hold_s: { type: 'number', description: 'For hold: 1 to 30. Else 0.' },
  }
  const schema = { type: 'object', additionalProperties: false, required: Object.keys(properties), properties }
  return { name: 'caller_move', schema }
}

function waysOf(canWait: boolean): readonly Next[] {
  return (Object.keys(meanings) as Next[]).filter(way => canWait || way !== 'wait')
}
