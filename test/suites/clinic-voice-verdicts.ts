import { execFileSync } from 'node:child_process'

/** What is to catch each planted bug of the clinic's agent: over every line, the same check of the same scenario. */
export const caught: Readonly<Record<string, { readonly scenario: string; readonly assertion: RegExp }>> = {
  deaf: { scenario: 'interrupt', assertion: /^metric stop_time_ms/ },
  dead_air: { scenario: 'keys', assertion: /^metric dead_air_s <= 6$/ },
  talks_over: { scenario: 'book_by_telephone', assertion: /^metric agent_interruptions/ },
  mishears_date: { scenario: 'book_by_telephone', assertion: /^agent says matches .*tuesday/ },
}

/** Whether this machine has the programs that speak and hear words. */
export const canTalk = ['flite', 'pocketsphinx_batch'].every(has)

function has(program: string): boolean {
  try {
    execFileSync('which', [program], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
