import type { CassetteUsed } from '../../../domain/event.js'
import type { ModelUsage } from '../../../domain/model.js'
import type { UsageReport } from '../../../domain/report.js'
import { count, grouped } from '../../../domain/count.js'
import { safeLine } from '../../../domain/safe-text.js'
import { wrapText } from '../wrapped-text.js'

/** The models' usage, one line per role, and how much of it went to discarded attempts; empty if no model was asked. */
export function usageLines(usage: UsageReport | undefined, width: number): string {
  if (!usage) return ''
  const lines = usage.total.map(each => `${doing[each.role]} took ${amounts(each)}`)
  const costs = usage.total.map(each => each.cost)
  if (costs.length > 1 && costs.every(each => each !== undefined)) lines.push(`Total cost: ${money(sum(costs))}`)
  const tokens = sum(usage.retried.map(each => each.inputTokens + each.outputTokens))
  if (tokens > 0) {
    const lost = usage.retried.map(each => each.cost)
    const all = lost.every(each => each !== undefined) ? `; cost ${money(sum(lost))}` : ''
    lines.push(`Attempts that were retried used ${count(tokens, 'token')}${all}`)
  }
  return `${lines.map(line => wrapText(line, width, '  ')).join('\n')}\n`
}

/** Says that no model was asked, and that usage comes from the recording; empty if models were asked. */
export function replayLine(cassette: CassetteUsed | undefined, width: number): string {
  if (cassette?.mode !== 'replayed') return ''
  return `${wrapText(`No model was asked: answers, and what they took, are from ${safeLine(cassette.file)}`, width, '  ')}\n`
}

const doing: Readonly<Record<ModelUsage['role'], string>> = { caller: 'Calling', judge: 'Judging', tts: 'Speaking', stt: 'Hearing' }

/** `33 requests to gpt-4.1-mini, 15,221 tokens sent, 969 received; cost 0.0123` */
function amounts(usage: ModelUsage): string {
  const { model, requests, cost } = usage
  const taken = `${count(requests, 'request')} to ${safeLine(model)}, ${amountOf(usage)}`
  return cost === undefined ? taken : `${taken}; cost ${money(cost)}`
}

function amountOf({ role, inputTokens, outputTokens, characters = 0, seconds = 0 }: ModelUsage): string {
  if (role === 'tts') return count(characters, 'character')
  if (role === 'stt') return `${grouped(Math.round(seconds))} s of speech`
  return `${count(inputTokens, 'token')} sent, ${grouped(outputTokens)} received`
}

/** In the currency of the suite's prices. Small amounts have more digits. */
function money(cost: number): string {
  return cost.toFixed(cost >= 1 ? 2 : cost >= 0.01 ? 4 : 6)
}

function sum(numbers: readonly (number | undefined)[]): number {
  return numbers.reduce<number>((all, each = 0) => all + each, 0)
}
