import { isSpoken } from '../../adapters/exchange/transcript/imported-conversation.js'
import { storedConversation } from '../../adapters/exchange/transcript/stored-conversation.js'
import { diagnose } from '../../domain/diagnostic.js'
import type { RunEnded } from '../../domain/event.js'
import type { FinishedResult } from '../../ports/reporter.js'
import { emptyImport, type ReadImport } from './import-source.js'

/**
 * Reads the conversation of one run of a stored result.
 *
 * @param key  The run's key: `smoke/cancel_appointment/calm/maria#2`.
 */
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
  const [, scenario = run] = run.replace(/#\d+$/, '').split('/')
  const conversation = 'transcript' in outcome ? storedConversation(outcome.transcript, `${scenario}_again`) : undefined
  if (!conversation || !isSpoken(conversation)) return { ...emptyImport(source), diagnostics: [diagnose('IMPORT_RUN_SILENT', { run })] }
  return {
    ...emptyImport(source),
    defaultName: 'Regressions',
    conversations: [conversation],
    locate: ([index]) => ({ place: `${run}, moment ${Number(index) + 1} of its transcript` }),
  }
}
