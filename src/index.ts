/**
 * The names that Callsheet promises to those who drive it from a program.
 *
 * @packageDocumentation
 */
export { executeSuite, type Destination, type Executed, type Execution } from './app/execute-suite.js'
export { makeReports, toFile, type WantedReport } from './app/write-reports.js'
export { prepare, type SuiteRequest } from './app/prepare.js'
export type { Preparation, Prepared, PlanRequest } from './app/plan-document.js'
export type { PlanOptions } from './domain/plan-options.js'
export { defaultAdapters, type Adapters } from './app/registry.js'
export { compareResults } from './app/compare-results.js'
export { storedResult } from './app/report-result.js'
export type { Problem, ProblemCode } from './app/problem.js'
export { rescoreResult } from './app/rescore-result.js'
export type { Stop } from './app/stopping.js'
export type { Comparison } from './domain/comparison.js'
export type { Diagnostic } from './domain/diagnostic.js'
export type { SuiteEvent, RunEnded } from './domain/event.js'
export type { Outcome } from './domain/outcome.js'
export type { Gate, Report } from './domain/report.js'
export type { FinishedResult, ReportOptions } from './ports/reporter.js'
