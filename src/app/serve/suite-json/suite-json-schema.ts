/** The schema of the test suites for `run_scenarios_json/`, made from the checks that read them. */
export { testSuiteJsonSchema } from '../../../adapters/exchange/test-suite/read-test-suite.js'
