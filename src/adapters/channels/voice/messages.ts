import type { Fault } from '../../../domain/fault.js'
import type { DetectorSettings } from '../../../domain/detector-settings.js'
import type { CallerSound } from '../../../domain/caller-sound.js'
import type { Sound } from '../../../domain/sound.js'
import type { LineEvent } from '../../../ports/line.js'
import type { CallNames } from '../headers.js'
import type { LineConnection } from './lines/line-to.js'
import type { LineUseSettings } from './lines/line-use.js'
import type { CallSoundEvent } from './media/call-sound.js'
import type { Utterance } from './media/mouth.js'
import type { CallerSurroundings } from './surroundings.js'

/** A message to the thread of the media. Calls have numbers of their thread, and utterances numbers of their call. */
export type ToMedia =
  | ({ readonly type: 'dial'; readonly call: number } & DialledCall)
  | ({ readonly type: 'say'; readonly call: number; readonly through?: CallerSurroundings } & Omit<Utterance, 'shape'>)
  | { readonly type: 'press'; readonly call: number; readonly id: number; readonly digits: string }
  /** What a tool answered that the agent was offered: for the agent, and as what the call tells of it. */
  | { readonly type: 'answer_tool'; readonly call: number; readonly id: string; readonly output: string; readonly returned: AnsweredTool }
  /** The sound of words that were `wanted`; without samples if there is no mouth. */
  | { readonly type: 'voiced'; readonly call: number; readonly id: number; readonly samples?: Int16Array }
  | { readonly type: 'cut'; readonly call: number; readonly id: number }
  /** The caller's room is not heard any more, or again. */
  | { readonly type: 'mute'; readonly call: number; readonly isMuted: boolean }
  | { readonly type: 'hang_up'; readonly call: number }
  /** Ends the call as it stands: nothing is heard of it afterwards but that it is closed. */
  | { readonly type: 'drop'; readonly call: number }

export type AnsweredTool = Extract<LineEvent, { type: 'tool_returned' }>

/** What a call is dialled with: plain data, and for a telephone call the port to the thread that signals. */
export interface DialledCall {
  readonly connection: LineConnection
  readonly names: CallNames
  readonly network: LineUseSettings
  /** The longest stretch that the ears take in one piece, in seconds. */
  readonly longestPieceS: number
  /** The agent's turn is over once it has been quiet for so long. */
  readonly quietMs: number
  /** Tells the agent's speech from silence. */
  readonly detector: DetectorSettings
  readonly sound: CallerSound
  /** Of all random draws of the call, with its name. */
  readonly seed: number
  readonly name: string
  /** The file that its two tracks are written to, as they are; absent if it is not recorded. */
  readonly tracks?: string
}

/** A message from the thread of the media. */
export type FromMedia =
  /** `answeredAtMs`: the time of the call's first sample, since the epoch. */
  | { readonly type: 'answered'; readonly call: number; readonly rate: number; readonly answeredAtMs: number }
  /** It never was answered, or its thread has died. */
  | { readonly type: 'failed'; readonly call: number; readonly fault: Fault }
  | { readonly type: 'sound'; readonly call: number; readonly event: CallSoundEvent }
  /** The last message about a call. */
  | { readonly type: 'closed'; readonly call: number; readonly sound?: Sound }

/** What a thread is started with. */
export interface MediaThreadData {
  /** The tasks of the system that run threads of the process, for the first of its threads for calls; empty for the others. */
  readonly tasks: readonly number[]
}
