import type { Call } from '../../../../ports/channel.js'

/** The numbers of a call whose suite has none. Nobody has them: 555-0100 to 555-0199 are for fiction. */
export const usualFrom = '+12025550100'
export const usualTo = '+12025550199'

interface Numbers {
  readonly from?: string
  readonly to?: string
}

/** The numbers of a call: those of its run, of its connection, or made up. */
export function numbersOf({ numbers }: Pick<Call, 'numbers'>, connection: Numbers): Required<Numbers> {
  return { from: numbers?.own ?? connection.from ?? usualFrom, to: numbers?.agent ?? connection.to ?? usualTo }
}
