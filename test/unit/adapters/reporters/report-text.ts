import type { FinishedResult, Reporter, ReportOptions } from '../../../../src/ports/reporter.js'

/** The whole text of a report. */
export async function textOf(reporter: Reporter, result: FinishedResult, how: Partial<ReportOptions> = {}): Promise<string> {
  return joined(reporter(result, { colour: false, junitPerRun: false, ...how }))
}

export async function joined(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}
