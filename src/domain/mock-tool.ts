import type { Span } from './source.js'

/** The mock tools that answer in place of an agent's real tools. */
export interface MockTools {
  /** In the order of the file. */
  readonly tools: readonly MockTool[]
  /** Port on this machine. Default: any free port. */
  readonly port?: number
  /** In a plan: the names of the tools that the run entry uses. Default: all. */
  readonly picked?: readonly string[]
}

/** A tool that is answered from a table. */
export interface MockTool {
  readonly name: string
  readonly description?: string
  /** JSON Schema (2020-12) of its arguments, of type object. */
  readonly parameters?: Readonly<Record<string, unknown>>
  /** The first case that matches a call and is not used up answers it. */
  readonly cases: readonly MockCase[]
  /** The answer if no case matches. Without it, such a call is an error and recorded as unmatched. */
  readonly otherwise?: MockAnswer
  readonly at: Span
}

export interface MockCase extends MockAnswer {
  /**
   * What the arguments must contain, partially: objects in depth, lists as a whole or by `{ includes: [...] }`. Its texts may contain
   * `{{test_profile.x}}`.
   */
  readonly input: Readonly<Record<string, unknown>>
  /** How often the case answers in one run. Default: always. */
  readonly times?: number
}

/** An answer. In its texts, `{{input.x}}` stands for an argument and `{{test_profile.x}}` for an agent variable. */
export interface MockAnswer {
  /** The output, any JSON; or an error, a text or an object. */
  readonly gives: { readonly output: unknown } | { readonly error: string | Readonly<Record<string, unknown>> }
  readonly delayMs: number
}

/** The tools that runs may call. */
export function pickedTools(mockTools: MockTools | undefined): readonly MockTool[] {
  const { tools = [], picked } = mockTools ?? {}
  return picked ? tools.filter(({ name }) => picked.includes(name)) : tools
}
