import { faultOf } from '../fault.js'
import type { At, Because } from './connection-faults.js'

interface Printed {
  /** The program's last output, on one line; `''` if it printed nothing. */
  readonly output: string
}

/** Faults of agents that are programs: those that Callsheet starts, commands (one per conversation) and modules. */
export const programFaults = {
  // an agent with `start`
  addressTaken: (p: { agent: string; ready: string }) =>
    notStarted(p.agent, `Something already answers at ${p.ready}, and would be tested in its place. Stop it, or use another address.`),
  endedBeforeReady: (p: { agent: string; how: string } & Printed) =>
    notStarted(p.agent, `It ${p.how} before it was ready. It must stay in the foreground. ${printed(p)}`),
  notReady: (p: { agent: string; ready: string | undefined; withinMs: number } & Printed) =>
    notStarted(p.agent, `Nothing answered at ${p.ready} within ${p.withinMs / 1000} s. ${printed(p)}`),
  mockToolsNotServed: (p: { agent: string; port: number; reason: string }) =>
    faultOf(
      'not_started',
      `The mock tools of agent "${p.agent}" cannot be served at 127.0.0.1:${p.port} (${p.reason}). Stop what listens there, or use another mock_tools_port.`,
    ),
  crashed: (p: { agent: string; how: string } & Printed) => faultOf('crashed', `Agent "${p.agent}" ${p.how} by itself. ${printed(p)}`),

  // a command
  commandNotStarted: (p: Because) =>
    faultOf('cannot_load', `${p.place.name} cannot be started (${p.place.quote(p.reason, 200)}). Correct connection.command.`),
  commandMissing: (p: At & { exitCode: number | null } & Printed) =>
    faultOf('cannot_load', `${p.place.name} cannot be started (exit code ${p.exitCode}). Correct connection.command. ${printedAsError(p)}`),
  commandCrashed: (p: At & { how: string } & Printed) => faultOf('crashed', `${p.place.name} ${p.how}. ${printedAsError(p)}`),

  // a module
  moduleNotLoaded: (p: Because) =>
    faultOf(
      'cannot_load',
      `${p.place.name} cannot be loaded (${p.place.quote(p.reason, 300)}). Correct connection.path or connection.export.`,
    ),
  moduleEndedLoading: (p: At & { how: string }) =>
    faultOf('cannot_load', `${p.place.name} cannot be loaded, because it ${p.how}. Correct connection.path.`),
  moduleThrew: (p: Because) =>
    faultOf('crashed', `${p.place.name} threw an error (${p.place.quote(p.reason, 500)}). Look for it in the agent's code.`),
  moduleEnded: (p: At & { how: string } & Printed) =>
    faultOf('crashed', `${p.place.name} ${p.how}.${p.output && ` It printed: ${p.output}`}`),
}

function notStarted(agent: string, why: string): ReturnType<typeof faultOf> {
  return faultOf('not_started', `Agent "${agent}" was not started. ${why}`)
}

function printed({ output }: Printed): string {
  return output ? `It printed: ${output}` : 'It printed nothing.'
}

function printedAsError({ output }: Printed): string {
  return output ? `It printed: ${output}` : 'It printed nothing on standard error.'
}
