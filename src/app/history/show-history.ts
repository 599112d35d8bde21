import type { History } from '../../domain/case-history.js'

/** The cases whose outcomes varied, as text for people. */
export async function showFlaky(history: History, how: { readonly colour: boolean }): Promise<string> {
  const { flakyReport } = await import('../../adapters/reporters/history.js')
  return flakyReport(history, how)
}

/** A history as text for people. @param only  The case to show, if only one is wanted. */
export async function showHistory(history: History, only: string | undefined, how: { readonly colour: boolean }): Promise<string> {
  const { historyReport } = await import('../../adapters/reporters/history.js')
  return historyReport(history, only, how)
}

/** A history as a page for people. */
export async function historyHtml(history: History): Promise<string> {
  const { historyPage } = await import('../../adapters/reporters/html/history-page.js')
  return historyPage(history)
}
