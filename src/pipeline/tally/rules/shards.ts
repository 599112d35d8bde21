import type { Missing } from '../../../domain/merged-from.js'
import type { Scope } from '../scope.js'
import type { Rule } from './rule.js'

export const shardsRuleName = 'shards'

/** A merged result has all its parts. @param missing  What it lacks. */
export function shardsRule(scope: Scope, { there, wanted, shards }: Missing): Rule {
  return {
    scope,
    name: shardsRuleName,
    required: `all ${wanted}`,
    bound: { relation: '>=', bound: wanted },
    judge: () => ({
      value: there,
      k: there,
      n: wanted,
      measured: `${there} of ${wanted}`,
      verdict: 'not_met',
      because: because(shards, wanted),
    }),
    isSettled: () => true,
  }
}

function because(shards: readonly number[], wanted: number): string {
  if (shards.length === 0) return 'fewer results were merged than expected'
  return shards.length === 1 ? `shard ${shards[0]} of ${wanted} is missing` : `shards ${shards.join(', ')} of ${wanted} are missing`
}
