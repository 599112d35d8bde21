import { storedConversation } from '../../adapters/exchange/transcript/stored-conversation.js'
import { diagnose } from '../../domain/diagnostic.js'
import type { RunEnded } from '../../domain/event.js'
import type { FinishedResult } from '../../ports/reporter.js'
import { emptyImport, type ReadImport } from './import-source.js'

/** The conversation of one run of a stored result. @param key  The run's key: `smoke/cancel_appointment/calm/maria#2`. */
export async function readStoredRun(result: FinishedResult, key: string): Promise<ReadImport> {
  const source = `run ${key} of ${result.place}`
  const known: string[] = []
  for await (const batch of result.runs()) {
    for (const run of batch) {
      if (run.run === key) return conversationOf(run, source)
      known.push(run.run)
    }
  }
  return { ...emptyImport(source), diagnostics: [diagnose('IMPORT_RUN_UNKNOWN', { run: key, known })] }
}

function conversationOf({ run, outcome }: RunEnded, source: string): ReadImport {
  const moments = 'transcript' in outcome ? outcome.transcript.moments : []
  if (
    !('transcript' in outcome) ||
    !moments.some(moment => moment.type === 'said' && moment.by === 'caller' && moment.cause?.kind !== 'idle_prompt')
  ) {
    return { ...emptyImport(source), diagnostics: [diagnose('IMPORT_RUN_SILENT', { run })] }
  }
  const [, scenario = run] = run.replace(/#\d+$/, '').split('/')
  return {
    ...emptyImport(source),
    defaultName: 'Regressions',
    conversations: [storedConversation(outcome.transcript, `${scenario}_again`)],
    locate: ([index]) => ({ place: `${run}, moment ${Number(index) + 1} of its transcript` }),
  }
}
