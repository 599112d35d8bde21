import { isRecord } from '../../../domain/json-value.js'
import { all, check, fields, flag, list, oneOf, text, whole, type Check } from './shape.js'

/** Checks `conditional_actions`: a role, and conditions. The first condition is the caller's opening. */
export const checkConditions: Check = all(
  // Unknown fields are allowed here; the import reports them as lost.
  fields(
    {
      role: text({ min: 1 }),
      conditions: list(
        fields(
          {
            id: whole(0),
            condition: check({ type: ['string', 'integer'] }, () => {}),
            action: text(),
            type: oneOf(['standard', 'action_followup']),
            fixed_message: flag,
          },
          { required: ['id', 'condition', 'action', 'type', 'fixed_message'], open: true },
        ),
        { min: 1 },
      ),
    },
    { required: ['role', 'conditions'], open: true },
  ),
  (value, at, report) => {
    const conditions = isRecord(value) && Array.isArray(value['conditions']) ? value['conditions'] : []
    const ids = new Set(conditions.map(each => (isRecord(each) ? each['id'] : undefined)))
    const seen = new Set<unknown>()
    for (const [index, condition] of conditions.entries()) {
      if (!isRecord(condition)) continue
      const place = [...at, 'conditions', index]
      if (seen.has(condition['id'])) report([...place, 'id'], `Another condition already has the id ${String(condition['id'])}.`)
      seen.add(condition['id'])
      if (index === 0) checkFirst(condition, place, report)
      else checkLater(condition, ids, place, report)
    }
  },
)

type Condition = Readonly<Record<string, unknown>>

const opening = { id: 0, condition: 'FIRST_MESSAGE', type: 'standard', fixed_message: true } as const

function checkFirst(condition: Condition, at: Parameters<Check>[1], report: Parameters<Check>[2]): void {
  for (const [name, wanted] of Object.entries(opening)) {
    if (name in condition && condition[name] !== wanted) {
      report([...at, name], `In the first condition this must be ${JSON.stringify(wanted)}: the caller opens with it.`)
    }
  }
}

function checkLater(
  { id, condition, action, type }: Condition,
  ids: ReadonlySet<unknown>,
  at: Parameters<Check>[1],
  report: Parameters<Check>[2],
): void {
  if (typeof action === 'string' && action.trim() === '') {
    report([...at, 'action'], 'This is empty. Only the first condition may let the agent speak first.')
  }
  const place = [...at, 'condition']
  if (type === 'action_followup') {
    if (typeof condition !== 'number') report(place, "In an action_followup this must be another condition's id, a number.")
    else if (condition === id || !ids.has(condition)) report(place, `There is no other condition with the id ${condition}.`)
  } else if (type === 'standard') {
    if (typeof condition !== 'string' || condition.trim() === '') report(place, 'This must describe when the caller acts.')
    else if (condition.trim() === opening.condition) report(place, `Only the first condition can be ${opening.condition}.`)
  }
}
