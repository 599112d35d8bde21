import { grouped } from '../count.js'

/** A place in a message, from the outside in; empty for the whole message. */
export type PlaceInMessage = readonly (string | number)[]

/** Something in a message that the reader does not understand. */
export interface MessageProblem {
  readonly path: PlaceInMessage
  /** What is wrong, in a sentence. */
  readonly message: string
  /** Whether something that happened is lost; if not, the rest of the message is read. */
  readonly isLost: boolean
}

/** Something in a transcript that the reader does not understand. */
export interface TranscriptProblem extends MessageProblem {
  /** Index of the message, from 0. */
  readonly index: number
}

/** Collects the problems of one message. */
export class MessageProblems {
  readonly found: MessageProblem[] = []

  /** Something that happened is not read. */
  lose(message: string, path: PlaceInMessage = []): void {
    this.found.push({ path, message, isLost: true })
  }

  /** Something else is not read. */
  pass(message: string, path: PlaceInMessage): void {
    this.found.push({ path, message, isLost: false })
  }
}

/** More of one kind would only repeat the same mistake. */
const mostListed = 20

/** The problems in order, the first of each kind; a last one counts the rest. */
export function listed(problems: readonly TranscriptProblem[]): TranscriptProblem[] {
  const inOrder = problems.toSorted((a, b) => a.index - b.index)
  return [true, false]
    .flatMap(isLost => firstOf(inOrder.filter(problem => problem.isLost === isLost)))
    .toSorted((a, b) => a.index - b.index)
}

function firstOf(problems: readonly TranscriptProblem[]): readonly TranscriptProblem[] {
  const next = problems[mostListed]
  if (!next) return problems
  const message = `And ${grouped(problems.length - mostListed)} more, in this message and later ones.`
  return [...problems.slice(0, mostListed), { index: next.index, path: [], message, isLost: next.isLost }]
}
