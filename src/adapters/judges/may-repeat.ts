import type { CallerSide } from './caller-side.js'

/** Stems of instructions that have a caller repeat itself or the agent, or insist. */
const asksToRepeat =
  /repeat|repetition|\becho|parrot|mimic|imitat|insist|persist|practi[cs]|word for word|wiederhol|nachsprech|nachsag|besteh|beharr|üb(?:e|st|en)\b|r[ée]p[éè]t|exerce|repit|repet|ripet|herhaal|herhal|nazeg|oefen|重复|重複|坚持|繰り返/i

/** Whether a caller's instructions may be why it says the same words more than once, or those of the agent. */
export function mayRepeat({ instructions, personality }: CallerSide): boolean {
  return asksToRepeat.test(`${instructions}\n${personality}`)
}
