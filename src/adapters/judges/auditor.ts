import { findsWords } from '../../domain/model-driven.js'
import type { Auditor } from '../../ports/judge.js'
import type { LanguageModel } from '../../ports/language-model.js'
import { auditByModel } from './audit-by-model.js'
import { auditByRule } from './audit-by-rule.js'
import { callerSideOf } from './caller-side.js'

/**
 * Reads the caller's own side of a conversation: first what can be told without a model, then the rest by one question.
 * Only words that a model found are held against it; where a suite gives every word there is nothing to read.
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
