import { count } from '../../domain/count.js'
import type { Report } from '../../domain/report.js'
import { safeLine } from '../../domain/safe-text.js'

/** The warnings of a report, a line each. */
export function warningLines(report: Report): string[] {
  return [...leftOutLines(report), ...(report.warnings ?? []).map(warning => safeLine(`Warning: ${warning}`))]
}

/** A warning for each agent of which messages were not read. */
function leftOutLines({ leftOut = [] }: Report): string[] {
  return leftOut.map(({ agent, pointer, messages }) => {
    const all = pointer.replace(/\/\d+(?=\/|$)/, '/*')
    const read = `${count(messages, 'message')} of agent ${agent} ${messages === 1 ? 'was' : 'were'} not read`
    return safeLine(`Warning: ${read}, because connection.reply (${pointer}) points to one of several. Use ${all} to read them all.`)
  })
}
