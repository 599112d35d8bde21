import type { Span } from './source.js'

/** What answers in place of an agent's real tools. */
export interface MockTools {
  /** In the order of the file. */
  readonly tools: readonly MockTool[]
  /** Where they are served on this machine; where it is left out, wherever there is room. */
  readonly port?: number
  /** In a plan: the names of those that the run entry picks; where it is left out, all. */
  readonly picked?: readonly string[]
}

/** A tool that is answered from a table. */
export interface MockTool {
  readonly name: string
  readonly description?: string
  /** JSON Schema (2020-12) of its arguments, of type object. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** The first that matches a call, and is not used up, answers it. */
  readonly cases: readonly MockCase[]
  /** What answers where no case does; where it is left out, such a call is an error, and told as unmatched. */
  readonly otherwise?: MockAnswer
  readonly at: Span
}

export interface MockCase extends MockAnswer {
  /** What the arguments must hold, partially: objects in depth, arrays exactly. Its texts may hold `{{test_profile.x}}`. */
  readonly input: Readonly<Record<string, unknown>>
  /** How often it answers in one run; where it is left out, always. */
  readonly times?: number
}

/** In its texts, `{{input.x}}` stands for an argument, and `{{test_profile.x}}` for an agent variable. */
export interface MockAnswer {
  /** The output, any JSON; or an error, a text or an object. */
  readonly gives: { readonly output: unknown } | { readonly error: string | Readonly<Record<string, unknown>> }
  readonly delayMs: number
}

/** Those that runs may call. */
export function pickedTools(mockTools: MockTools | undefined): readonly MockTool[] {
  const { tools = [], picked } = mockTools ?? {}
  return picked ? tools.filter(({ name }) => picked.includes(name)) : tools
}
