import { findsWords } from '../../domain/model-driven.js'
import type { Auditor } from '../../ports/judge.js'
import type { LanguageModel } from '../../ports/language-model.js'
import { auditByModel } from './audit-by-model.js'
import { auditByRule } from './audit-by-rule.js'
import { callerSideOf } from './caller-side.js'

/**
 * Audits the caller's side of a conversation: first by rules, then with one question to a model. Only words that a
 * model found can be at fault; if the suite gives every word, there is nothing to audit.
 */
export function createAuditor(model: LanguageModel): Auditor {
  return {
    async audit(subject, transcript, use) {
      if (!findsWords(subject.case.scenario.behaviour)) return undefined
      const side = callerSideOf(subject, transcript)
      return auditByRule(side) ?? (side.own.length === 0 ? undefined : auditByModel(model, side, use))
    },
  }
}
