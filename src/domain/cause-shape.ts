import type { Outcome } from './outcome.js'
import { shortfalls, type Shortfall } from './shortfall.js'

/** Of one run, so many reasons count: an agent that breaks everything has them all. */
const mostOfRun = 20

/** A reason why a run did not pass, and what identifies its cause: the same text for all runs that have it in common. */
export interface ShapedShortfall {
  readonly shape: string
  readonly shortfall: Shortfall
}

/** Why a run did not pass: of each cause the first reason. The same check that failed in the same way is a cause, or the same fault. */
export function shapedShortfalls(outcome: Outcome): ShapedShortfall[] {
  const own = new Map<string, Shortfall>()
  for (const shortfall of shortfalls(outcome).slice(0, mostOfRun)) {
    const shape = causeShape(outcome, shortfall)
    if (!own.has(shape)) own.set(shape, shortfall)
  }
  return [...own].map(([shape, shortfall]) => ({ shape, shortfall }))
}

/** The words of a judge are never twice the same. */
function causeShape(outcome: Outcome, { what, seen, judged }: Shortfall): string {
  const broke = 'fault' in outcome ? [outcome.fault.code, shapeOf(what)] : [what, judged ? '' : shapeOf(seen)]
  return [outcome.status, ...(outcome.status === 'caller_invalid' ? [] : broke)].join('\n')
}

/** What several runs may have in common: their words without what differs from run to run. */
export function shapeOf(text: string): string {
  return text
    .replaceAll(/"(?:[^"\\]|\\.)*"|“[^”]*”/g, '"…"')
    .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, '…')
    .replaceAll(/\b(?=[0-9a-f]*\d)[0-9a-f]{7,}\b/gi, '…')
    .replaceAll(/\d+(?:[.,:]\d+)*/g, '#')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
